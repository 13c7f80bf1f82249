package io.hydra.cli.follow;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a stream of server-sent events, as the HTML standard (section 9.2) has them. */
final class EventReader implements Closeable {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final BufferedReader lines;
  private final List<String> data = new ArrayList<>();
  private Optional<String> read = Optional.empty();
  private Optional<String> lastId;
  private boolean begun;

  /**
   * @param lastId of what was read of an earlier stream
   */
  EventReader(InputStream stream, Optional<String> lastId) {
    this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    this.lastId = lastId;
  }

  /** The id of the last event that was read to its end; a place may be told without an event. */
  Optional<String> lastId() {
    return lastId;
  }

  /**
   * The next event's data; empty at the stream's end, where what came of an event is dropped.
   *
   * @throws IOException where it breaks off
   */
  Optional<String> next() throws IOException {
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!begun && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK) {
        line = line.substring(1);
      }
      begun = true;
      if (!line.isEmpty()) {
        take(line);
        continue;
      }
      lastId = read.or(() -> lastId);
      if (!data.isEmpty()) {
        var event = String.join("\n", data);
        data.clear();
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private void take(String line) {
    int colon = line.indexOf(':');
    var field = colon < 0 ? line : line.substring(0, colon);
    var value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    switch (field) {
      case "id" -> read = value.indexOf(0) < 0 ? Optional.of(value) : read;
      case "data" -> data.add(value);
      default -> {
        // The event's type stands in its data, too; comments only show that the line lives.
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
