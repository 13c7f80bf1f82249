package io.hydra.manager.serve;

/** Where the manager starts. */
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    // Quarkus answers a malformed path or query itself, without a problem, unless it is told to let
    // it through. It reads this but once, in a native executable while that is built: see pom.xml.
    System.setProperty("vertx.disableURIValidation", "true");
    io.hydra.nativeimage.Main.main(arguments);
  }
}
