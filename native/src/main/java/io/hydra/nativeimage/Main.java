package io.hydra.nativeimage;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where every service starts. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    PagesKeeper.keep(ExecutablePages.atStart());
    Quarkus.run(arguments);
  }
}
