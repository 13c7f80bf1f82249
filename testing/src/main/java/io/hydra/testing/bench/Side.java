package io.hydra.testing.bench;

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

  boolean isNative() {
    return this == NATIVE;
  }
}
