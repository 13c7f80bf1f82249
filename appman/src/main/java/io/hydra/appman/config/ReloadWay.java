package io.hydra.appman.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** How the application is brought onto new data, with what that needs. */
public sealed interface ReloadWay {
  /** POST to this address. */
  record Http(URI url) implements ReloadWay {}

  /** Signal, a name without SIG or a number, to a process. */
  record Signal(String name, Addressee to) implements ReloadWay {}

  /** Who gets a signal. */
  sealed interface Addressee {
    /** The process whose id stands in the file. */
    record PidFile(Path file) implements Addressee {}

    /** The first process of those that have this in their environment. */
    record Marked(String variable, String value) implements Addressee {}
  }

  /** AppMan starts the application and restarts it. */
  record Child(List<String> command) implements ReloadWay {
    public Child {
      command = List.copyOf(command);
    }
  }

  /** Somebody else's process, restarted by a command. */
  record Command(List<String> command) implements ReloadWay {
    public Command {
      command = List.copyOf(command);
    }
  }

  /** Its pod is evicted, so that another takes its place. */
  record Evict() implements ReloadWay {}

  /** The application follows {@code current}. */
  record Watch() implements ReloadWay {}
}
