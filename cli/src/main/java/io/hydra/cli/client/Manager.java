package io.hydra.cli.client;

import io.hydra.api.ChannelsApi;
import io.hydra.api.InstancesApi;
import io.hydra.api.ManifestsApi;
import io.hydra.api.NodesApi;
import io.hydra.api.StateApi;
import io.hydra.api.UptimeApi;
import java.util.function.Function;

/**
 * A manager's API. Every call either answers or throws {@link io.hydra.error.HydraException}, the
 * manager's refusal, or {@link io.hydra.cli.CliFailure}, where no manager answers.
 */
public interface Manager {
  <T> T channels(Function<ChannelsApi, T> call);

  /** As {@link #channels}, for calls after which the manager may have minutes of work. */
  <T> T patiently(Function<ChannelsApi, T> call);

  <T> T nodes(Function<NodesApi, T> call);

  <T> T instances(Function<InstancesApi, T> call);

  <T> T uptime(Function<UptimeApi, T> call);

  <T> T manifests(Function<ManifestsApi, T> call);

  <T> T state(Function<StateApi, T> call);

  /** The answer may be read for long; a read of it fails where nothing comes for 45 s. */
  <T> T events(Function<EventsApi, T> call);
}
