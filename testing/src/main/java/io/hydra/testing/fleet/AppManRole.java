package io.hydra.testing.fleet;

import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An instance that moves to whatever it is granted. */
final class AppManRole implements Role {
  private final InstanceRegistration instance;
  private Optional<ReleaseRef> serving = Optional.empty();
  private Optional<Grant> moving = Optional.empty();
  private Map<DatasetName, Digest> loaded = Map.of();

  AppManRole(InstanceRegistration instance) {
    this.instance = instance;
  }

  @Override
  public String path() {
    return "/api/v1/instances/" + instance.id();
  }

  @Override
  public byte[] registration() {
    return Json.write(instance);
  }

  @Override
  public byte[] report(long epoch) {
    var report =
        new InstanceReport(
            epoch,
            state(),
            moving.isEmpty() && serving.isPresent(),
            serving,
            moving.map(Grant::release),
            false,
            loaded,
            Optional.empty(),
            Optional.empty());
    return Json.write(report);
  }

  private InstanceState state() {
    if (moving.isPresent()) {
      return InstanceState.RELOADING;
    }
    return serving.isPresent() ? InstanceState.SERVING : InstanceState.WAITING;
  }

  @Override
  public void expect(Digest digest) {
    // It tells of the release that it moves to, once it has read the grant.
  }

  @Override
  public Set<Digest> take(byte[] order) throws IOException {
    moving =
        Json.read(order, InstanceDesired.class)
            .grant()
            .filter(grant -> serving.filter(grant.release()::equals).isEmpty());
    return Set.of();
  }

  @Override
  public void complete() {
    moving.ifPresent(
        grant -> {
          serving = Optional.of(grant.release());
          loaded =
              grant.datasets().stream()
                  .collect(Collectors.toMap(PlacedDataset::name, PlacedDataset::digest));
        });
    moving = Optional.empty();
  }
}
