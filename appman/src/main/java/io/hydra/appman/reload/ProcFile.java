package io.hydra.appman.reload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What Linux tells of a process under {@code /proc}; nothing on other systems. */
final class ProcFile {
  private ProcFile() {}

  /** Alive, and not a zombie, which Java counts as alive when it is not its own child. */
  static boolean isRunning(ProcessHandle handle) {
    return handle.isAlive() && !isZombie(handle.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      // "pid (command) state …"; the command may hold anything, also parentheses.
      var stat = Files.readString(file(pid, "stat"), StandardCharsets.ISO_8859_1);
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException notTold) {
      return false;
    }
  }

  /** Its environment; empty where that is not ours to see. */
  static Map<String, String> environment(ProcessHandle handle) {
    try {
      var entries =
          new String(Files.readAllBytes(file(handle.pid(), "environ")), StandardCharsets.UTF_8);
      return Arrays.stream(entries.split("\0"))
          .filter(entry -> entry.indexOf('=') > 0)
          .collect(
              Collectors.toMap(
                  entry -> entry.substring(0, entry.indexOf('=')),
                  entry -> entry.substring(entry.indexOf('=') + 1),
                  (first, second) -> first));
    } catch (IOException notTold) {
      return Map.of();
    }
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
