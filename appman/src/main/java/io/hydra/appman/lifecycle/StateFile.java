package io.hydra.appman.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/** Keeps {@link SavedState}: replaced as a whole, on disk before the call returns. */
public final class StateFile {
  private static final Logger LOG = Logger.getLogger(StateFile.class);

  private final Path file;
  private final ObjectMapper json;
  private SavedState state;

  private StateFile(Path file, ObjectMapper json, SavedState state) {
    this.file = file;
    this.json = json;
    this.state = state;
  }

  /**
   * Reads what an earlier AppMan left. A file that cannot be understood is put aside: it was not
   * written by us, and serving nothing until the manager says so is always right.
   *
   * @throws HydraException {@code STORAGE_FAILED} when the directory cannot be used
   */
  public static StateFile open(Path directory, ObjectMapper json) {
    var file = directory.resolve("state.json");
    try {
      Files.createDirectories(directory);
      if (!Files.exists(file)) {
        return new StateFile(file, json, SavedState.FIRST);
      }
      return new StateFile(file, json, json.readValue(Files.readAllBytes(file), SavedState.class));
    } catch (JsonProcessingException | HydraException e) {
      LOG.warnf(e, "put aside a state file that cannot be read file=%s", file);
      putAside(file);
      return new StateFile(file, json, SavedState.FIRST);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  public synchronized SavedState read() {
    return state;
  }

  /**
   * @throws HydraException {@code STORAGE_FAILED}; the state is then what it was
   */
  public synchronized void change(UnaryOperator<SavedState> change) {
    var next = change.apply(state);
    if (next.equals(state)) {
      return;
    }
    try {
      replace(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(next));
    } catch (IOException e) {
      throw failed(file, e);
    }
    state = next;
  }

  private void replace(byte[] content) throws IOException {
    var fresh = file.resolveSibling("state.json.new");
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    try (var directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static void putAside(Path file) {
    try {
      Files.move(
          file, file.resolveSibling("state.json.unreadable"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static HydraException failed(Path file, IOException cause) {
    return new HydraException(
        ErrorCode.STORAGE_FAILED, "cannot keep '%s': %s".formatted(file, cause), cause);
  }
}
