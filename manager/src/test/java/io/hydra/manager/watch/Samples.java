package io.hydra.manager.watch;

import io.hydra.manager.channel.Channel;
import io.hydra.manager.reconcile.World;
import io.hydra.manager.rollout.RolloutSummary;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.model.Release;
import io.hydra.model.ReleaseRef;
import io.hydra.model.ReleaseVersion;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.Connection;
import io.hydra.wire.EventType;
import io.hydra.wire.Grant;
import io.hydra.wire.HeadChange.Cause;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import io.hydra.wire.InstanceView;
import io.hydra.wire.RolloutPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Channels and instances to look at. */
final class Samples {
  static final ChannelId ID = World.CHANNEL;
  static final Instant NOW = Instant.parse("2026-11-08T09:00:00Z");
  static final ReleaseRef FIRST = ref(1);
  static final ReleaseRef SECOND = ref(2);

  private Samples() {}

  static ReleaseRef ref(long sequence) {
    return new ReleaseRef(sequence, version(sequence));
  }

  static ReleaseVersion version(long sequence) {
    return ReleaseVersion.of("2026-11-08T09-00-0" + sequence);
  }

  static Channel created() {
    return Channel.create(ID, ChannelSettings.DEFAULT).created(NOW, "ci");
  }

  static Channel published(Channel channel) {
    long sequence = channel.lastSequence() + 1;
    var release =
        new Release(
            ID, sequence, version(sequence), NOW, List.of(World.onDisk("d", "d" + sequence)));
    return channel
        .append(release, Optional.empty())
        .changedFrom(channel, NOW, "ci", Cause.PUBLISHED);
  }

  static InstanceView instance(
      String name,
      Optional<ReleaseRef> serving,
      Optional<ReleaseRef> failed,
      Optional<ReleaseRef> granted) {
    var report =
        new InstanceReport(
            1,
            serving.isPresent() ? InstanceState.SERVING : InstanceState.WAITING,
            serving.isPresent(),
            serving,
            Optional.empty(),
            false,
            Map.of(),
            failed,
            Optional.empty());
    return view(name, Optional.of(report), granted);
  }

  static InstanceView unheard(String name) {
    return view(name, Optional.empty(), Optional.empty());
  }

  private static InstanceView view(
      String name, Optional<InstanceReport> report, Optional<ReleaseRef> granted) {
    return new InstanceView(
        new InstanceRegistration(InstanceId.of(name), ID, NodeName.of("n")),
        Connection.CONNECTED,
        report.map(_ -> NOW),
        report,
        granted.map(release -> new Grant(1, release, List.of(), false)));
  }

  static ChannelSight sight(
      RolloutPhase phase, Optional<ReleaseRef> target, InstanceView... instances) {
    return new ChannelSight(
        Optional.of(created()),
        Optional.of(new RolloutSummary(phase, "because of " + phase)),
        target.stream().toList(),
        List.of(instances),
        Stream.of(instances)
            .flatMap(instance -> instance.report().stream())
            .filter(report -> target.isPresent() && report.serving().equals(target))
            .count());
  }

  static ChannelEvent event(String message) {
    return new ChannelEvent(
        "",
        NOW,
        EventType.SETTINGS_CHANGED,
        Optional.of(ID),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        message);
  }
}
