package io.hydra.manager.identity;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A file of lines that is read again when it has changed. One that cannot be read any more, or has
 * a mistake, is told in the log; what it said before holds. Empty lines and those that begin with
 * {@code #} count for nothing.
 */
final class WatchedFile<T> {
  private static final Logger LOG = Logger.getLogger(WatchedFile.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final String setting;
  private final Path path;
  private final LineReader<T> reader;
  private final Clock clock;
  private List<T> content;
  private String version;
  private Instant looked;
  private Optional<String> complaint = Optional.empty();

  /** Makes something of a line. */
  interface LineReader<T> {
    /**
     * @param words of the line
     * @throws IllegalArgumentException with a message that says what is wrong with it
     */
    T read(List<String> words);
  }

  /**
   * @throws ConfigurationException naming the setting, where the file has a mistake from the start
   */
  WatchedFile(String setting, Path path, LineReader<T> reader, Clock clock) {
    this.setting = setting;
    this.path = path;
    this.reader = reader;
    this.clock = clock;
    this.looked = clock.instant();
    try {
      version = version();
      content = parse();
    } catch (IOException e) {
      throw new ConfigurationException(complaint(e));
    }
  }

  synchronized List<T> content() {
    var now = clock.instant();
    if (now.isBefore(looked.plus(BETWEEN_LOOKS)) && !now.isBefore(looked)) {
      return content;
    }
    looked = now;
    try {
      var seen = version();
      if (!seen.equals(version)) {
        version = seen;
        content = parse();
        LOG.infof("read again setting=%s path=%s", setting, path);
      }
      complaint = Optional.empty();
    } catch (IOException e) {
      complain(complaint(e));
    }
    return content;
  }

  private void complain(String now) {
    if (!complaint.equals(Optional.of(now))) {
      complaint = Optional.of(now);
      LOG.warnf("%s; what was read before holds", now);
    }
  }

  private String complaint(IOException e) {
    return "%s: %s: %s"
        .formatted(
            setting,
            path,
            e instanceof Mistake
                ? e.getMessage()
                : "cannot be read: " + e.getClass().getSimpleName());
  }

  /** Kubernetes exchanges a directory, so that the file is another one; editors do as well. */
  private String version() throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return "%s %s %d"
        .formatted(attributes.lastModifiedTime(), attributes.fileKey(), attributes.size());
  }

  private List<T> parse() throws IOException {
    var read = new ArrayList<T>();
    int number = 0;
    for (var line : Files.readAllLines(path)) {
      number++;
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        read.add(parse(number, line.strip()));
      }
    }
    return List.copyOf(read);
  }

  private T parse(int number, String line) throws Mistake {
    try {
      return reader.read(List.of(line.split("\\s+")));
    } catch (IllegalArgumentException e) {
      throw new Mistake("line %d: %s".formatted(number, e.getMessage()));
    }
  }

  /** The file can be read, but not understood. */
  private static final class Mistake extends IOException {
    Mistake(String message) {
      super(message);
    }
  }
}
