package io.hydra.cli.output;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Rows of the terminal's screen.
 *
 * @param rows at least 3
 */
public record ScreenSize(int rows) {
  public static final ScreenSize USUAL = new ScreenSize(24);

  public ScreenSize {
    rows = Math.max(3, rows);
  }

  /** Asks the terminal; where it does not say, the usual size. */
  public static ScreenSize ask() {
    try {
      var stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return USUAL;
      }
      return parse(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException noStty) {
      return USUAL;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return USUAL;
    }
  }

  static ScreenSize parse(String answer) {
    var numbers = answer.strip().split(" ", -1);
    if (numbers.length != 2 || !numbers[0].matches("[1-9]\\d{0,4}")) {
      return USUAL;
    }
    return new ScreenSize(Integer.parseInt(numbers[0]));
  }
}
