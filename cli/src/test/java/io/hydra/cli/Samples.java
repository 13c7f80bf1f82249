package io.hydra.cli;

import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Placement;
import io.hydra.model.Promotion;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.Capacity;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.Connection;
import io.hydra.wire.CopyState;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.Fault;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.NodeProgress;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import io.hydra.wire.Page;
import io.hydra.wire.Rejection;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RolloutPhase;
import io.hydra.wire.RolloutView;
import io.hydra.wire.StagedView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records as a manager with one channel would send them. */
public final class Samples {
  public static final ChannelId CHANNEL = ChannelId.parse("prod/search/searcher");
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  public static final ReleaseRef FIRST = ref(1, "2026-11-01T09-00-00");
  public static final ReleaseRef SECOND = ref(2, "2026-11-08T09-00-00");
  public static final ReleaseRef THIRD = ref(3, "2026-11-15T09-00-00");
  public static final Digest DIGEST = Digest.sha256(new byte[] {1});

  private Samples() {}

  public static ReleaseRef ref(long sequence, String version) {
    return new ReleaseRef(sequence, new ReleaseVersion(version));
  }

  public static Release release(ReleaseRef ref) {
    return new Release(
        CHANNEL,
        ref.sequence(),
        ref.version(),
        NOON,
        List.of(
            new ReleaseDataset(
                new DatasetName("pos"),
                "s3://models/pos/" + ref.version() + "/",
                Optional.of(ref.version()),
                Placement.RAM,
                DIGEST,
                12_582_912,
                3)));
  }

  public static ReleaseView view(ReleaseRef ref, boolean head, Optional<String> rejected) {
    return new ReleaseView(
        release(ref),
        head,
        false,
        false,
        rejected.map(reason -> new Rejection(reason, NOON)),
        List.of(),
        List.of(),
        List.of());
  }

  public static ChannelView channel(Optional<ReleaseRef> head, Optional<ReleaseRef> pin) {
    return new ChannelView(
        CHANNEL,
        ChannelSettings.DEFAULT,
        head,
        pin,
        pin.or(() -> head),
        Optional.empty(),
        List.of(),
        7);
  }

  public static InstanceView serving(String id, ReleaseRef release) {
    return instance(id, InstanceState.SERVING, true, Optional.of(release), Optional.empty());
  }

  public static InstanceView instance(
      String id,
      InstanceState state,
      boolean ready,
      Optional<ReleaseRef> serving,
      Optional<ReleaseRef> moving) {
    return new InstanceView(
        registration(id),
        Connection.CONNECTED,
        Optional.of(NOON),
        Optional.of(
            new InstanceReport(
                4,
                state,
                ready,
                serving,
                moving,
                false,
                Map.of(new DatasetName("pos"), DIGEST),
                Optional.empty(),
                Optional.empty())),
        Optional.empty());
  }

  public static InstanceView unheard(String id, Connection connection) {
    return new InstanceView(
        registration(id), connection, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static InstanceRegistration registration(String id) {
    return new InstanceRegistration(new InstanceId(id), CHANNEL, new NodeName("node-1"));
  }

  public static NodeProgress progress(String node, long readyBytes, long totalBytes) {
    return new NodeProgress(
        new NodeName(node),
        Connection.CONNECTED,
        readyBytes == totalBytes,
        readyBytes,
        totalBytes,
        Optional.empty(),
        Optional.empty());
  }

  public static NodeView node(String name) {
    return new NodeView(
        new NodeRegistration(
            new NodeName(name), Map.of("zone", "a", "disk", "nvme"), "/var/lib/hydra", "0.1.0"),
        Connection.CONNECTED,
        Optional.of(NOON),
        Optional.of(
            new NodeReport(
                4,
                true,
                new Capacity(1L << 40, 1L << 39),
                Optional.of(new Capacity(1L << 30, 1L << 20)),
                List.of(
                    new DatasetReport(
                        DIGEST,
                        CopyState.READY,
                        CopyState.WAITING,
                        12_582_912,
                        12_582_912,
                        12_582_912,
                        Optional.of(new Fault(ErrorCode.INSUFFICIENT_SPACE, "no room in RAM")))))));
  }

  /** A rollout to the target; its numbers follow from the instances. */
  public static ChannelStatus status(
      RolloutPhase phase,
      Optional<ReleaseRef> target,
      String reason,
      List<NodeProgress> nodes,
      List<InstanceView> instances) {
    int onTarget = 0;
    int ready = 0;
    for (var instance : instances) {
      var report = instance.report();
      onTarget += report.isPresent() && report.get().serving().equals(target) ? 1 : 0;
      ready += report.isPresent() && report.get().ready() ? 1 : 0;
    }
    return new ChannelStatus(
        channel(target, Optional.empty()),
        new RolloutView(phase, target, instances.size(), onTarget, ready, reason),
        Optional.empty(),
        List.of(),
        nodes,
        instances);
  }

  /** As {@link #done}, with a newer release that waits for a person. */
  public static ChannelStatus staged(Promotion promotion) {
    var done = done();
    return new ChannelStatus(
        done.channel(),
        done.rollout(),
        Optional.of(
            new StagedView(
                THIRD, promotion, 1, 0, Optional.empty(), "release " + THIRD + " is staged")),
        List.of(),
        done.nodes(),
        done.instances());
  }

  public static ChannelStatus rolling() {
    return status(
        RolloutPhase.ROLLING,
        Optional.of(SECOND),
        "searcher-2 moves to #2",
        List.of(
            progress("node-1", 12_582_912, 12_582_912), progress("node-2", 5_662_310, 12_582_912)),
        List.of(
            serving("searcher-1", SECOND),
            instance(
                "searcher-2",
                InstanceState.RELOADING,
                false,
                Optional.of(FIRST),
                Optional.of(SECOND))));
  }

  public static ChannelStatus done() {
    return status(
        RolloutPhase.DONE,
        Optional.of(SECOND),
        "",
        List.of(progress("node-1", 12_582_912, 12_582_912)),
        List.of(serving("searcher-1", SECOND), serving("searcher-2", SECOND)));
  }

  public static <T> Page<T> page() {
    return new Page<>(List.of(), Optional.empty());
  }

  public static <T> Page<T> page(T item) {
    return new Page<>(List.of(item), Optional.empty());
  }

  public static <T> Page<T> page(T first, T second) {
    return new Page<>(List.of(first, second), Optional.empty());
  }
}
