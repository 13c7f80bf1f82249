package io.hydra.docto.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.docto.place.DurableFiles;
import io.hydra.layout.NodeLayout;
import io.hydra.wire.NodeDesired;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The last order on disk, {@code state/desired.json}, so that a node can go on by itself. */
@Singleton
public final class DesiredFile {
  private static final Logger LOG = Logger.getLogger(DesiredFile.class);

  private final Path path;
  private final ObjectMapper json;

  public DesiredFile(NodeLayout layout, ObjectMapper json) {
    this.path = layout.state().resolve("desired.json");
    this.json = json;
  }

  /** Empty at the first start, and where the file cannot be understood. */
  Optional<NodeDesired> read() throws IOException {
    try {
      return Optional.of(json.readValue(Files.readAllBytes(path), NodeDesired.class));
    } catch (NoSuchFileException firstStart) {
      return Optional.empty();
    } catch (JsonProcessingException damaged) {
      LOG.errorf(
          "'%s' cannot be understood and is ignored: %s", path, damaged.getOriginalMessage());
      return Optional.empty();
    }
  }

  void write(NodeDesired order) throws IOException {
    DurableFiles.replace(path, json.writeValueAsBytes(order));
  }
}
