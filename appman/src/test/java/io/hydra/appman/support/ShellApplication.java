package io.hydra.appman.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code application.sh}: a real process that reads {@code current}. */
public final class ShellApplication implements AutoCloseable {
  private final Path directory;
  private final List<Process> started = new ArrayList<>();

  /**
   * @param directory that it writes what it does into; is made
   */
  public ShellApplication(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path pidFile() {
    return directory.resolve("pid");
  }

  public List<String> command(String mode, Path current) {
    return List.of(
        "/bin/sh",
        Path.of("src/test/resources/application.sh").toAbsolutePath().toString(),
        mode,
        current.toString(),
        directory.toString());
  }

  /** Starts it as nobody's child but the test's. */
  public void start(String mode, Path current) {
    start(mode, current, Map.of());
  }

  /**
   * @param environment besides that of the test
   */
  public void start(String mode, Path current, Map<String, String> environment) {
    try {
      var builder = new ProcessBuilder(command(mode, current)).inheritIO();
      builder.environment().putAll(environment);
      started.add(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has loaded: dataset → digest. */
  public Map<String, String> loaded() {
    var loaded = new TreeMap<String, String>();
    for (var line : lines("loaded")) {
      loaded.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
    }
    return loaded;
  }

  /** One line a load: sequence, release, directory. */
  public List<String> loads() {
    return lines("loads");
  }

  public Optional<ProcessHandle> process() {
    return lines("pid").stream()
        .findFirst()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .filter(ProcessHandle::isAlive);
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(directory.resolve(file));
    } catch (NoSuchFileException notYet) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process().ifPresent(ProcessHandle::destroyForcibly);
    started.forEach(Process::destroyForcibly);
  }
}
