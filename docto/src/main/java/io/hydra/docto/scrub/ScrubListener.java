package io.hydra.docto.scrub;

/** Told of what scrubbing does. */
public interface ScrubListener {
  /** So many bytes were read again. */
  void scrubbed(long bytes);

  /** A copy was read to its end and is what was committed. */
  void proven(Medium medium);

  /** A copy is not what was committed. */
  void damaged(Medium medium);
}
