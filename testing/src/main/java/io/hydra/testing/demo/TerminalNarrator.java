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
  private final int columns;
  private int drawn;

  /**
   * @param columns width of the terminal: a longer line would wrap, and the redraw miss its place
   */
  TerminalNarrator(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
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
    lines.forEach(line -> frame.append("  ").append(cut(line)).append(CLEAR_LINE).append('\n'));
    frame.append(CLEAR_BELOW);
    out.print(frame);
    out.flush();
    drawn = lines.size();
  }

  @Override
  public boolean redraws() {
    return true;
  }

  @Override
  public void endLive() {
    drawn = 0;
  }

  private String cut(String line) {
    int room = Math.max(20, columns - 3);
    return line.length() <= room ? line : line.substring(0, room - 1) + "…";
  }
}
