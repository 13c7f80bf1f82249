package io.hydra.testing.demo;

import java.util.List;

/** Tells a person what happens. */
public interface Narrator {
  /** A new part of the story begins. */
  void step(String title);

  /** One line. */
  void say(String line);

  /** The present state of things, in place of the one shown before. */
  void live(List<String> lines);

  /** Whether the live state is drawn in place, so that it may change often. */
  boolean redraws();

  /** The state shown last stays on the screen. */
  void endLive();
}
