package io.hydra.manager.uptime;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.model.ChannelId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Brings workloads together with what channels and namespaces say. */
@ApplicationScoped
class Subjects {
  private final Workloads workloads;
  private final Channels channels;

  Subjects(Workloads workloads, Channels channels) {
    this.workloads = workloads;
    this.channels = channels;
  }

  /** Without consumers of channels that this manager does not serve: they are another one's. */
  List<Subject> all() {
    return workloads.all().stream()
        .filter(workload -> workload.channel().map(this::isServed).orElse(true))
        .map(this::asAdmitted)
        .map(this::subject)
        .toList();
  }

  /** To one that may not consume its channel, the channel says nothing. */
  private Workload asAdmitted(Workload workload) {
    return workload
        .channel()
        .filter(channel -> !channels.admits(channel, workload.id().namespace()))
        .map(channel -> workload.withoutChannel())
        .orElse(workload);
  }

  private Subject subject(Workload workload) {
    return new Subject(
        workload,
        workloads.ofNamespace(workload.id().namespace()),
        workload
            .channel()
            .flatMap(channels::find)
            .map(Versioned::channel)
            .map(Channel::settings)
            .flatMap(settings -> settings.uptime()));
  }

  private boolean isServed(ChannelId channel) {
    try {
      channels.require(channel);
      return true;
    } catch (HydraException refused) {
      return refused.code() == ErrorCode.UNKNOWN_CHANNEL;
    }
  }
}
