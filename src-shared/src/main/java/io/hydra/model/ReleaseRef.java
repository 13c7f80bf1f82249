package io.hydra.model;

/**
 * Points at a release of a known channel.
 *
 * @param sequence grows by one with each release of the channel, from 1
 * @param version as published
 */
public record ReleaseRef(long sequence, ReleaseVersion version) {
  @Override
  public String toString() {
    return "#" + sequence + " " + version;
  }
}
