package io.hydra.manager.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.manager.discovery.Roster;
import io.hydra.manager.discovery.RosterChange;
import io.hydra.manager.lead.LeadScoped;
import io.hydra.manager.observe.SharedNames;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last report of each registered agent by what it was read from. Agents repeat themselves every
 * two seconds: the same bytes are the same report, and are not read again.
 */
@LeadScoped
class ReportMemory {
  private final Roster roster;
  private final SharedNames names;
  private final ObjectMapper json;
  private final Map<NodeName, Read<NodeReport>> nodes = new ConcurrentHashMap<>();
  private final Map<InstanceId, Read<InstanceReport>> instances = new ConcurrentHashMap<>();

  /**
   * @param digest SHA-256 of the body
   * @param report as long as somebody else keeps it
   */
  private record Read<T>(ByteBuffer digest, WeakReference<T> report) {
    Optional<T> of(ByteBuffer other) {
      return digest.equals(other) ? Optional.ofNullable(report.get()) : Optional.empty();
    }
  }

  /** Reads a report. */
  interface Reading<T> {
    /** Null where the body says so, of which the resource tells. */
    @Nullable T read(byte[] body) throws IOException;
  }

  ReportMemory(Roster roster, SharedNames names, ObjectMapper json) {
    this.roster = roster;
    this.names = names;
    this.json = json;
    roster.onChange(this::onRosterChange);
  }

  /**
   * The node's report that these bytes are.
   *
   * @return null where they say so, of which the resource tells
   * @throws IOException where they are none
   */
  @Nullable NodeReport node(NodeName name, byte[] body) throws IOException {
    return node(name, body, this::readNode);
  }

  /** As for a node. */
  @Nullable InstanceReport instance(InstanceId id, byte[] body) throws IOException {
    return instance(id, body, this::readInstance);
  }

  @Nullable NodeReport node(NodeName name, byte[] body, Reading<NodeReport> reading)
      throws IOException {
    return roster.node(name).isEmpty() ? reading.read(body) : read(nodes, name, body, reading);
  }

  @Nullable InstanceReport instance(InstanceId id, byte[] body, Reading<InstanceReport> reading)
      throws IOException {
    return roster.instance(id).isEmpty() ? reading.read(body) : read(instances, id, body, reading);
  }

  private @Nullable NodeReport readNode(byte[] body) throws IOException {
    NodeReport report = json.readValue(text(body), NodeReport.class);
    return report == null ? null : names.in(report);
  }

  private @Nullable InstanceReport readInstance(byte[] body) throws IOException {
    return json.readValue(text(body), InstanceReport.class);
  }

  /** The parser of streams and bytes has buffers of its own for each. */
  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static <K, T> @Nullable T read(
      Map<K, Read<T>> last, K agent, byte[] body, Reading<T> reading) throws IOException {
    var digest = sha256(body);
    var known = Optional.ofNullable(last.get(agent)).flatMap(read -> read.of(digest));
    if (known.isPresent()) {
      return known.get();
    }
    var report = reading.read(body);
    if (report != null) {
      last.put(agent, new Read<>(digest, new WeakReference<>(report)));
    }
    return report;
  }

  private static ByteBuffer sha256(byte[] body) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void onRosterChange(RosterChange change) {
    switch (change) {
      case RosterChange.OfNode(var before, var after) ->
          before
              .filter(gone -> after.isEmpty())
              .map(NodeRegistration::name)
              .ifPresent(nodes::remove);
      case RosterChange.OfInstance(var before, var after) ->
          before
              .filter(gone -> after.isEmpty())
              .map(InstanceRegistration::id)
              .ifPresent(instances::remove);
    }
  }
}
