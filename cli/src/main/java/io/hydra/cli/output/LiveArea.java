package io.hydra.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Lines at the end of a terminal that are drawn again in place. */
public final class LiveArea implements AutoCloseable {
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  // A line that wraps would take two rows, and the way back up would miss one.
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream terminal;
  private final Supplier<ScreenSize> size;
  private int drawn;
  private boolean closed;

  public LiveArea(PrintStream terminal, Supplier<ScreenSize> size) {
    this.terminal = terminal;
    this.size = size;
  }

  /** Replaces what was drawn before; what exceeds the screen is left out at the end. */
  public synchronized void draw(List<String> lines) {
    if (closed) {
      return;
    }
    var frame = new StringBuilder(HIDE_CURSOR).append(WRAP_OFF);
    if (drawn > 0) {
      frame.append("\u001b[").append(drawn).append('A');
    }
    var shown = cut(lines);
    shown.forEach(line -> frame.append('\r').append(line).append(CLEAR_LINE).append('\n'));
    terminal.print(frame.append(CLEAR_BELOW).append(WRAP_ON));
    terminal.flush();
    drawn = shown.size();
  }

  /** Leaves the last drawing standing and gives the cursor back. */
  @Override
  public synchronized void close() {
    if (!closed && drawn > 0) {
      terminal.print(WRAP_ON + SHOW_CURSOR);
      terminal.flush();
    }
    closed = true;
  }

  private List<String> cut(List<String> lines) {
    int room = size.get().rows() - 1;
    if (lines.size() <= room) {
      return lines;
    }
    var kept = new ArrayList<>(lines.subList(0, room - 1));
    kept.add("… and %d more lines".formatted(lines.size() - kept.size()));
    return kept;
  }
}
