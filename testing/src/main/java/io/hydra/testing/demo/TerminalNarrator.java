package io.hydra.testing.demo;

import java.io.PrintStream;
import java.util.List;

/** Redraws the live state in place, on a terminal that knows ANSI escapes. */
final class TerminalNarrator implements Narrator {
  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private int drawn;

  TerminalNarrator(PrintStream out) {
    this.out = out;
  }

  @Override
  public void step(String title) {
    out.println();
    out.println(BOLD + title + PLAIN);
  }

  @Override
  public void say(String line) {
    out.println("  " + line);
  }

  @Override
  public void live(List<String> lines) {
    var frame = new StringBuilder();
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('A');
    }
    lines.forEach(line -> frame.append("  ").append(line).append(CLEAR_LINE).append('\n'));
    frame.append(CLEAR_BELOW);
    out.print(frame);
    out.flush();
    drawn = lines.size();
  }

  @Override
  public void endLive() {
    drawn = 0;
  }
}
