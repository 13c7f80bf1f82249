package io.hydra.testing.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How we start other JVMs. */
public final class Jvm {
  /** Many small JVMs share few cores here: start fast and stay small rather than run fast. */
  private static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xss512k");

  private Jvm() {}

  /**
   * A command that starts a JVM of the JDK that runs us; class path or jar are to be added.
   *
   * @param heap as for {@code -Xmx}
   */
  public static List<String> command(String heap) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    command.add("-Xmx" + heap);
    return command;
  }
}
