package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;

/**
 * One immutable, complete set of datasets in a channel.
 *
 * @param datasets at least one, in the template's order
 */
public record Release(
    ChannelId channel,
    long sequence,
    ReleaseVersion version,
    Instant publishedAt,
    List<ReleaseDataset> datasets) {
  public Release {
    datasets = List.copyOf(datasets);
  }

  @JsonIgnore
  public ReleaseRef ref() {
    return new ReleaseRef(sequence, version);
  }

  /** What consumers can tell apart, in the template's order. */
  @JsonIgnore
  public List<PlacedDataset> placed() {
    return datasets.stream().map(ReleaseDataset::placed).toList();
  }
}
