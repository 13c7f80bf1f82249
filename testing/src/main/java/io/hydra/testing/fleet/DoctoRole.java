package io.hydra.testing.fleet;

import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.NodeName;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Capacity;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.DesiredDataset;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node that has room for everything, and whatever it is told to have. */
final class DoctoRole implements Role {
  private static final Capacity DISK = new Capacity(1L << 40, 1L << 39);

  private final NodeRegistration node;
  private final Map<Digest, Long> ready = new LinkedHashMap<>();
  private final Set<Digest> coming = new HashSet<>();
  private Map<ChannelId, ReleaseRef> live = Map.of();
  private Optional<NodeDesired> order = Optional.empty();

  DoctoRole(NodeName name, Map<String, String> labels) {
    node = new NodeRegistration(name, labels, "/var/lib/hydra", "bench");
  }

  @Override
  public String path() {
    return "/api/v1/nodes/" + node.name();
  }

  @Override
  public byte[] registration() {
    return Json.write(node);
  }

  @Override
  public byte[] report(long epoch) {
    var datasets = new ArrayList<DatasetReport>();
    ready.forEach((digest, bytes) -> datasets.add(report(digest, CopyState.READY, bytes)));
    coming.stream()
        .filter(digest -> !ready.containsKey(digest))
        .forEach(digest -> datasets.add(report(digest, CopyState.WAITING, 0)));
    return Json.write(new NodeReport(epoch, true, DISK, Optional.empty(), datasets, live));
  }

  private static DatasetReport report(Digest digest, CopyState disk, long bytes) {
    return new DatasetReport(digest, disk, CopyState.ABSENT, bytes, bytes, bytes, Optional.empty());
  }

  @Override
  public void expect(Digest digest) {
    coming.add(digest);
  }

  @Override
  public Set<Digest> take(byte[] body) throws IOException {
    var desired = Json.read(body, NodeDesired.class);
    order = Optional.of(desired);
    var missing = new HashSet<Digest>();
    desired.datasets().stream()
        .map(DesiredDataset::digest)
        .filter(digest -> !ready.containsKey(digest))
        .forEach(missing::add);
    coming.addAll(missing);
    return missing;
  }

  @Override
  public void complete() {
    order.ifPresent(this::obey);
    coming.clear();
  }

  private void obey(NodeDesired desired) {
    desired.datasets().forEach(dataset -> ready.put(dataset.digest(), dataset.bytes()));
    if (desired.complete()) {
      var kept = new HashSet<>(desired.retain());
      desired.datasets().forEach(dataset -> kept.add(dataset.digest()));
      ready.keySet().retainAll(kept);
    }
    var named = new HashMap<ChannelId, ReleaseRef>();
    desired.live().forEach(release -> named.put(release.channel(), release.release()));
    live = Map.copyOf(named);
  }

  List<Digest> ready() {
    return List.copyOf(ready.keySet());
  }
}
