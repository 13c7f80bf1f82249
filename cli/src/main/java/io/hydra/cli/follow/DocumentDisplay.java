package io.hydra.cli.follow;

import io.hydra.wire.ChannelStatus;
import java.util.Optional;
import java.util.function.Consumer;

/** Each status that differs from the one before, as a document for a program to read. */
public final class DocumentDisplay implements Display {
  private final Consumer<ChannelStatus> documents;
  private final Consumer<String> notes;
  private Optional<ChannelStatus> last = Optional.empty();
  private boolean unreachable;

  public DocumentDisplay(Consumer<ChannelStatus> documents, Consumer<String> notes) {
    this.documents = documents;
    this.notes = notes;
  }

  @Override
  public void show(ChannelStatus status) {
    unreachable = false;
    if (!last.equals(Optional.of(status))) {
      last = Optional.of(status);
      documents.accept(status);
    }
  }

  @Override
  public void unreachable(String why) {
    if (!unreachable) {
      unreachable = true;
      notes.accept(why + "; asking again");
    }
  }

  @Override
  public void close() {}
}
