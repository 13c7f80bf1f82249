package io.hydra.appman.reload;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.graalvm.nativeimage.c.function.CFunction;

/**
 * Sends signals; Java itself knows SIGTERM and SIGKILL only. A native executable asks the system,
 * as containers have no shell; on a JVM it takes one.
 */
final class Kill {
  /** On Linux, except on Alpha, MIPS and SPARC. */
  private static final Map<String, Integer> NUMBERS =
      Map.of("HUP", 1, "INT", 2, "QUIT", 3, "USR1", 10, "USR2", 12, "TERM", 15, "WINCH", 28);

  private Kill() {}

  /**
   * @param signal a name without SIG, or a number
   * @return whether the process was there and may be signalled
   * @throws IOException where signals cannot be sent at all, or not this one
   */
  static boolean send(String signal, long pid) throws IOException, InterruptedException {
    if ("runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"))) {
      return Libc.kill(Math.toIntExact(pid), number(signal)) == 0;
    }
    var shell =
        new ProcessBuilder("/bin/sh", "-c", "kill -\"$0\" \"$1\"", signal, Long.toString(pid));
    return shell.inheritIO().start().waitFor() == 0;
  }

  private static int number(String signal) throws IOException {
    if (Character.isDigit(signal.charAt(0))) {
      return Integer.parseInt(signal);
    }
    return Optional.ofNullable(NUMBERS.get(signal))
        .orElseThrow(() -> new IOException("signal %s: give its number".formatted(signal)));
  }

  /** Apart, as only native executables have it. */
  private static final class Libc {
    private Libc() {}

    /** See kill(2). */
    @CFunction
    static native int kill(int process, int signal);
  }
}
