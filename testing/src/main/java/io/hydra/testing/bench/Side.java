package io.hydra.testing.bench;

import io.hydra.testing.process.Packaged;
import io.hydra.testing.process.Repository;
import java.nio.file.Files;

/** Which build of a program was measured. */
enum Side {
  NATIVE("native"),
  JVM("JVM " + Runtime.version().feature());

  private final String title;

  Side(String title) {
    this.title = title;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** Whether this build of a module's program is there. */
  boolean isBuilt(String module) {
    return Files.exists(packaged().program(module));
  }

  Packaged packaged() {
    return new Packaged(Repository.root(), isNative());
  }

  boolean isNative() {
    return this == NATIVE;
  }
}
