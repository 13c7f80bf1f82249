package io.hydra.manager.rest;

import io.hydra.api.NodesApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.audit.AuditWords;
import io.hydra.manager.discovery.Registrations;
import io.hydra.manager.lead.Lead;
import io.hydra.manager.observe.ClusterView;
import io.hydra.manager.observe.Reports;
import io.hydra.manager.reconcile.DesiredBoard;
import io.hydra.model.NodeName;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import io.hydra.wire.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

@RunOnVirtualThread
class NodesResource implements NodesApi {
  private final ClusterView cluster;
  private final Registrations registrations;
  private final Reports reports;
  private final DesiredBoard board;
  private final Lead lead;
  private final AuditNote audit;

  NodesResource(
      ClusterView cluster,
      Registrations registrations,
      Reports reports,
      DesiredBoard board,
      Lead lead,
      AuditNote audit) {
    this.cluster = cluster;
    this.registrations = registrations;
    this.reports = reports;
    this.board = board;
    this.lead = lead;
    this.audit = audit;
  }

  @Override
  public Page<NodeView> list(Optional<String> cursor, int limit) {
    var nodes =
        cluster.nodes().stream()
            .sorted(Comparator.comparing(node -> node.registration().name()))
            .toList();
    return Paging.page(nodes, node -> node.registration().name().value(), cursor, limit);
  }

  @Override
  public NodeView get(String node) {
    var name = new NodeName(node);
    return cluster
        .node(name)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_NODE,
                    "no node %s is registered".formatted(name),
                    Map.of("node", node)));
  }

  @Override
  public NodeView put(String node, NodeRegistration registration) {
    if (!Required.field("name", Required.body(registration).name()).value().equals(node)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "the path names node %s, the body %s".formatted(node, registration.name()));
    }
    Limits.check(registration);
    note(registration.name());
    audit.after(AuditWords.of(registration));
    registrations.registerNode(registration);
    return get(node);
  }

  @Override
  public void delete(String node) {
    var name = new NodeName(node);
    note(name);
    registrations.forgetNode(name);
  }

  /** As it is before the change. */
  private void note(NodeName name) {
    cluster.node(name).ifPresent(known -> audit.before(AuditWords.of(known.registration())));
  }

  @Override
  public void report(String node, NodeReport report) {
    Required.field("disk", Required.body(report).disk());
    reports.node(new NodeName(node), report);
  }

  @Override
  public NodeDesired desired(String node, long since, String wait) {
    return lead.proven(() -> board.awaitNode(new NodeName(node), since, WaitTime.parse(wait)));
  }
}
