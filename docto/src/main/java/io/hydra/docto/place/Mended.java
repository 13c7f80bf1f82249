package io.hydra.docto.place;

/** What came of mending a copy in RAM. */
public sealed interface Mended {
  /** It is what was committed. */
  record Whole() implements Mended {}

  /** The copy on disk is damaged, too: there is nothing to mend it from. */
  record DamagedOnDisk(String reason) implements Mended {}

  /** It has to be made anew: files are missing or have another size, or its memory is broken. */
  record Hopeless(String reason) implements Mended {}
}
