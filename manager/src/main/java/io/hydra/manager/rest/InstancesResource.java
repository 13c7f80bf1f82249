package io.hydra.manager.rest;

import io.hydra.api.InstancesApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.audit.AuditWords;
import io.hydra.manager.discovery.Orchestrator;
import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.identity.Access;
import io.hydra.manager.identity.Role;
import io.hydra.manager.lead.Lead;
import io.hydra.manager.observe.ClusterView;
import io.hydra.manager.observe.Reports;
import io.hydra.manager.reconcile.DesiredBoard;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.wire.Connection;
import io.hydra.wire.EndpointState;
import io.hydra.wire.EndpointView;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import io.hydra.wire.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

@RunOnVirtualThread
class InstancesResource implements InstancesApi {
  private final ClusterView cluster;
  private final Registrations registrations;
  private final Reports reports;
  private final DesiredBoard board;
  private final Access access;
  private final AuditNote audit;
  private final Roster roster;
  private final Orchestrator orchestrator;
  private final Lead lead;

  InstancesResource(
      ClusterView cluster,
      Registrations registrations,
      Reports reports,
      DesiredBoard board,
      Access access,
      AuditNote audit,
      Roster roster,
      Orchestrator orchestrator,
      Lead lead) {
    this.cluster = cluster;
    this.registrations = registrations;
    this.reports = reports;
    this.board = board;
    this.access = access;
    this.audit = audit;
    this.roster = roster;
    this.orchestrator = orchestrator;
    this.lead = lead;
  }

  @Override
  public Page<InstanceView> list(Optional<String> channel, Optional<String> cursor, int limit) {
    var wanted = channel.map(ChannelId::parse);
    var instances =
        cluster.instances().stream()
            .filter(i -> access.sees(i.registration().channel()))
            .filter(i -> wanted.isEmpty() || i.registration().channel().equals(wanted.get()))
            .sorted(Comparator.comparing(i -> i.registration().id()))
            .toList();
    return Paging.page(instances, i -> i.registration().id().value(), cursor, limit);
  }

  @Override
  public InstanceView get(String instance) {
    var found = read(new InstanceId(instance));
    access.require(Role.VIEWER, found.registration().channel());
    return found;
  }

  private InstanceView read(InstanceId id) {
    return cluster
        .instance(id)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_INSTANCE,
                    "no instance %s is registered".formatted(id),
                    Map.of("instance", id.value())));
  }

  @Override
  public InstanceView put(String instance, InstanceRegistration registration) {
    if (!Required.field("id", Required.body(registration).id()).value().equals(instance)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "the path names instance %s, the body %s".formatted(instance, registration.id()));
    }
    Required.field("node", registration.node());
    Required.field("channel", registration.channel());
    access.requireSelf(registration);
    note(registration.id());
    audit.after(AuditWords.of(registration));
    registrations.registerInstance(registration, access.podCalled(registration.id()));
    return read(registration.id());
  }

  @Override
  public void delete(String instance, boolean force) {
    var id = new InstanceId(instance);
    cluster.instance(id).ifPresent(i -> access.require(Role.OPERATOR, i.registration().channel()));
    if (!force) {
      refuseConnected(id);
    }
    note(id);
    registrations.forgetInstance(id);
  }

  /** As it is before the change. */
  private void note(InstanceId id) {
    cluster.instance(id).ifPresent(known -> audit.before(AuditWords.of(known.registration())));
  }

  /** No rollout would count it any more while it serves, until its agent registers again. */
  private void refuseConnected(InstanceId id) {
    if (cluster.instance(id).filter(i -> i.connection() == Connection.CONNECTED).isPresent()) {
      throw new HydraException(
          ErrorCode.IN_USE,
          "instance %s is connected; stop it first, or forget it all the same with --force (force=true)"
              .formatted(id),
          Map.of("instance", id.value()));
    }
  }

  @Override
  public void report(String instance, InstanceReport report) {
    Required.field("state", Required.body(report).state());
    reports.instance(new InstanceId(instance), report);
  }

  @Override
  public InstanceDesired desired(String instance, long since, String wait) {
    return lead.proven(
        () -> board.awaitInstance(new InstanceId(instance), since, WaitTime.parse(wait)));
  }

  @Override
  public EndpointView endpoint(String instance, Optional<EndpointState> unless, String wait) {
    var registration = roster.requireInstance(new InstanceId(instance));
    return new EndpointView(orchestrator.awaitEndpoint(registration, unless, WaitTime.parse(wait)));
  }

  @Override
  public void evict(String instance) {
    var view = read(new InstanceId(instance));
    var served = view.report().flatMap(InstanceReport::serving);
    if (view.granted().map(Grant::release).filter(r -> !served.equals(Optional.of(r))).isEmpty()) {
      throw new HydraException(
          ErrorCode.CONFLICT,
          "instance %s is granted nothing that it does not serve".formatted(instance),
          Map.of("instance", instance));
    }
    orchestrator.evict(view.registration());
  }
}
