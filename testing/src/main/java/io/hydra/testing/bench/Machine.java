package io.hydra.testing.bench;

import io.hydra.testing.process.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the numbers depend on. */
final class Machine {
  private Machine() {}

  static List<String> facts() {
    var all = new ArrayList<>(hardware());
    all.add(
        "%s, started with %s"
            .formatted(
                jvm(), String.join(" ", Jvm.command("…m").subList(1, Jvm.command("…m").size()))));
    return all;
  }

  /** Without how programs on the JVM are started. */
  static List<String> hardware() {
    return List.of(
        "CPU: %s, %d for us; load %s"
            .formatted(
                field("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                text("/proc/loadavg")),
        "memory: " + field("/proc/meminfo", "MemTotal"),
        "kernel: " + text("/proc/sys/kernel/osrelease"));
  }

  /** Bytes that programs can have without others being pushed out; see proc_meminfo(5). */
  static long availableMemory() throws IOException {
    var kibibytes = field("/proc/meminfo", "MemAvailable").replace(" kB", "");
    if (!kibibytes.matches("\\d+")) {
      throw new IOException("no MemAvailable in /proc/meminfo");
    }
    return Long.parseLong(kibibytes) << 10;
  }

  static String jvm() {
    return "JVM: %s %s".formatted(System.getProperty("java.vm.name"), Runtime.version());
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
