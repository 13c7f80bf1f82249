package io.hydra.cli.output;

/** A line on the screen that says how far something is; nothing where there is no screen. */
public final class ProgressLine implements AutoCloseable {
  private static final String ANEW = "\r\u001b[K";

  private final Console console;

  public ProgressLine(Console console) {
    this.console = console;
  }

  public void show(String words) {
    if (console.errTerminal()) {
      console.err().print(ANEW + words);
      console.err().flush();
    }
  }

  /** Leaves no trace. */
  @Override
  public void close() {
    show("");
  }
}
