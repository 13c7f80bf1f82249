package io.hydra.cli.follow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.cli.document.Documents;
import io.hydra.cli.output.Cell;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.OutputFormat;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import java.util.Map;
import java.util.Optional;

/** Writes events as they come, a line or a document for each. */
public final class EventDisplay {
  private static final int WIDEST_TYPE = 18;

  private final Console console;
  private final OutputFormat format;
  private boolean unreachable;

  public EventDisplay(Console console, OutputFormat format) {
    this.console = console;
    this.format = format;
  }

  /**
   * @param data as it came
   * @param event empty where its kind is not known
   * @param isResumed whether there was a stream before this one, or an event to go on from
   */
  void show(String data, Optional<ChannelEvent> event, boolean isResumed) {
    if (unreachable) {
      unreachable = false;
      console.note("the manager answers again");
    }
    boolean isReset = event.filter(it -> it.type() == EventType.RESET).isPresent();
    if (isReset && isResumed) {
      console.note(
          "hydra: RESET: events may have been missed; read anew what matters, such as by `hydra status`");
    }
    switch (format) {
      case TABLE -> event.filter(_ -> !isReset).ifPresent(this::line);
      case JSON -> console.line(data);
      case YAML -> console.line("---\n" + yaml(data));
    }
    console.out().flush();
  }

  private void line(ChannelEvent event) {
    console.line(
        "%s  %s  %s%s"
            .formatted(
                console.time(event.at()),
                event.type() + " ".repeat(Math.max(0, WIDEST_TYPE - event.type().name().length())),
                Cell.harmless(event.message()),
                event.by().map(who -> " (" + Cell.harmless(who) + ")").orElse("")));
  }

  private static String yaml(String data) {
    try {
      return Documents.yaml(Documents.readJson(data, new TypeReference<Map<String, Object>>() {}))
          .strip();
    } catch (JsonProcessingException noDocument) {
      return Documents.yaml(data).strip();
    }
  }

  /** The manager does not answer for the time being; it is asked again. */
  void unreachable(String why) {
    if (!unreachable) {
      unreachable = true;
      console.note(why + "; asking again");
    }
  }
}
