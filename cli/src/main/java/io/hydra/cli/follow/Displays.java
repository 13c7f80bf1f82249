package io.hydra.cli.follow;

import io.hydra.cli.document.Documents;
import io.hydra.cli.output.Console;
import io.hydra.cli.output.LiveArea;
import io.hydra.cli.output.OutputFormat;
import io.hydra.cli.output.ScreenSize;
import java.io.PrintStream;
import java.util.function.Supplier;

/** Chooses how a rollout is shown: in place on a terminal, line by line elsewhere. */
public final class Displays {
  private Displays() {}

  /** The status is the result itself: {@code status --watch}. */
  public static Display ofResult(Console console, OutputFormat format) {
    return switch (format) {
      case TABLE -> forPeople(console, console.out(), console.outTerminal());
      case JSON -> new DocumentDisplay(s -> console.line(Documents.jsonLine(s)), console::note);
      case YAML ->
          new DocumentDisplay(
              s -> console.line("---\n" + Documents.yaml(s).strip()), console::note);
    };
  }

  /** The status is shown while something else is the result, which stdout is kept for. */
  public static Display ofProgress(Console console, OutputFormat format) {
    return switch (format) {
      case TABLE -> forPeople(console, console.out(), console.outTerminal());
      case JSON, YAML -> forPeople(console, console.err(), console.errTerminal());
    };
  }

  private static Display forPeople(Console console, PrintStream stream, boolean terminal) {
    if (!terminal) {
      return new LineDisplay(stream::println, () -> console.time(console.now()));
    }
    return new LiveDisplay(
        new LiveArea(stream, once(ScreenSize::ask)), console.coloured(), console.clock());
  }

  private static Supplier<ScreenSize> once(Supplier<ScreenSize> size) {
    var known = size.get();
    return () -> known;
  }
}
