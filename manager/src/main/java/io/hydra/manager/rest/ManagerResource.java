package io.hydra.manager.rest;

import io.hydra.api.ManagerApi;
import io.hydra.manager.config.ManagerConfig;
import io.hydra.manager.lead.Lead;
import io.hydra.manager.observe.Leadership;
import io.hydra.wire.ManagerInfo;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@RunOnVirtualThread
class ManagerResource implements ManagerApi {
  private final ManagerConfig config;
  private final Leadership leadership;
  private final Lead lead;
  private final String version;

  ManagerResource(
      ManagerConfig config,
      Leadership leadership,
      Lead lead,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.config = config;
    this.leadership = leadership;
    this.lead = lead;
    this.version = version;
  }

  @Override
  public ManagerInfo info() {
    boolean leads = lead.isProven();
    return new ManagerInfo(
        version,
        Set.copyOf(config.environments()),
        leads ? leadership.epoch() : 0,
        leads && leadership.settled(),
        leads,
        lead.leader());
  }
}
