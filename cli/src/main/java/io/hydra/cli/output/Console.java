package io.hydra.cli.output;

import io.hydra.cli.document.Documents;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/**
 * Where a command reads and writes, and what the far end can show.
 *
 * @param out for results
 * @param err for everything else
 * @param outTerminal whether {@code out} ends at a screen that understands escape sequences
 * @param errTerminal the same of {@code err}
 * @param coloured whether colours are welcome where there is a screen
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outTerminal,
    boolean errTerminal,
    boolean coloured,
    InstantSource clock,
    ZoneId zone) {

  public void line(String text) {
    out.println(text);
  }

  public void lines(List<String> lines) {
    lines.forEach(out::println);
  }

  public void note(String text) {
    err.println(text);
  }

  public boolean outColoured() {
    return coloured && outTerminal;
  }

  public boolean errColoured() {
    return coloured && errTerminal;
  }

  public Instant now() {
    return clock.instant();
  }

  public String time(Instant instant) {
    return Quantities.time(instant, zone);
  }

  public String age(Instant instant) {
    return Quantities.age(instant, now());
  }

  /** Prints a document in a format other than the table. */
  public void document(OutputFormat format, Object document) {
    switch (format) {
      case JSON -> out.println(Documents.json(document));
      case YAML -> out.print(Documents.yaml(document));
      case TABLE -> throw new IllegalArgumentException("a table is made by its command");
    }
    out.flush();
  }
}
