package io.hydra.testing.bench;

import io.hydra.testing.process.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the numbers depend on. */
final class Machine {
  private Machine() {}

  static List<String> facts() {
    return List.of(
        "CPU: %s, %d for us; load %s"
            .formatted(
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                text("/proc/loadavg")),
        "memory: " + field("/proc/meminfo", "MemTotal"),
        "kernel: " + text("/proc/sys/kernel/osrelease"),
        "JVM: %s %s, started with %s"
            .formatted(
                System.getProperty("java.vm.name"),
                Runtime.version(),
                String.join(" ", Jvm.command("…m").subList(1, Jvm.command("…m").size()))));
  }

  private static String field(String file, String name) {
    return text(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceFirst("^[^:]*:\\s*", ""))
        .findFirst()
        .orElse("unknown");
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException unknown) {
      return "unknown";
    }
  }
}
