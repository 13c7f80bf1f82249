package io.hydra.cli.output;

import io.hydra.cli.config.Variables;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;

/** Finds out what the process's standard streams are connected to. */
public final class Terminals {
  private Terminals() {}

  /** The process's own streams; always UTF-8, as JSON and YAML must be. */
  public static Console console(Variables variables) {
    boolean capable = !variables.get("TERM").orElse("dumb").equals("dumb");
    return new Console(
        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        capable && isTerminal(1),
        capable && isTerminal(2),
        variables.get("NO_COLOR").isEmpty(),
        InstantSource.system(),
        ZoneId.systemDefault());
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** The JDK only tells whether stdin and stdout both are terminals; Linux tells of each. */
  private static boolean isTerminal(int descriptor) {
    var link = Path.of("/proc/self/fd/" + descriptor);
    try {
      var target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException noProc) {
      return Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
    }
  }
}
