package io.hydra.docto.desired;

import io.hydra.model.Digest;
import io.hydra.wire.DesiredDataset;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;

/** How urgent datasets are by the newest order, for whoever asks often. */
@Singleton
public class Urgencies {
  private final DesiredState desired;
  private volatile Map<Digest, Integer> byDigest = Map.of();

  public Urgencies(DesiredState desired) {
    this.desired = desired;
    desired.listen(this::read);
  }

  /** Smaller is more urgent; what the newest order does not have is as urgent as it was. */
  public int of(DesiredDataset dataset) {
    return byDigest.getOrDefault(dataset.digest(), dataset.priority());
  }

  private synchronized void read() {
    byDigest =
        desired.newest().stream()
            .flatMap(order -> order.datasets().stream())
            .collect(
                Collectors.toUnmodifiableMap(
                    DesiredDataset::digest, DesiredDataset::priority, Math::min));
  }
}
