package io.hydra.testing.demo;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Prints line by line, for logs and pipes: of the live state only what has changed. */
public final class PlainNarrator implements Narrator {
  private final PrintStream out;
  private Set<String> shown = Set.of();

  public PlainNarrator(PrintStream out) {
    this.out = out;
  }

  @Override
  public void step(String title) {
    out.println();
    out.println("== " + title);
  }

  @Override
  public void say(String line) {
    out.println("   " + line);
  }

  @Override
  public void live(List<String> lines) {
    lines.stream()
        .filter(line -> !line.isBlank() && !shown.contains(line))
        .forEach(line -> out.println("   | " + line));
    shown = new HashSet<>(lines);
  }

  @Override
  public boolean redraws() {
    return false;
  }

  @Override
  public void endLive() {
    shown = Set.of();
  }
}
