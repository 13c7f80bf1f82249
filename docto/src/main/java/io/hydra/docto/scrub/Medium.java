package io.hydra.docto.scrub;

/** Where a copy lies. */
public enum Medium {
  DISK("on disk"),
  RAM("in RAM");

  private final String words;

  Medium(String words) {
    this.words = words;
  }

  /** As sentences have it. */
  String words() {
    return words;
  }
}
