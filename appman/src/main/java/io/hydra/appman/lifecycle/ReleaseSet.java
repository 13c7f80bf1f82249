package io.hydra.appman.lifecycle;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A release and the datasets it consists of. */
public record ReleaseSet(ReleaseRef ref, List<PlacedDataset> datasets) {
  public ReleaseSet {
    datasets = List.copyOf(datasets);
  }

  /** What an application that has loaded all of it reports. */
  @JsonIgnore
  public Map<DatasetName, Digest> contents() {
    return datasets.stream()
        .collect(Collectors.toUnmodifiableMap(PlacedDataset::name, PlacedDataset::digest));
  }

  /** Whether both have the same data under the same names in the same places. */
  public boolean sameContentAs(ReleaseSet other) {
    return Set.copyOf(datasets).equals(Set.copyOf(other.datasets));
  }
}
