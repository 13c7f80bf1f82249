package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.manager.identity.Access;
import io.hydra.manager.identity.Agent;
import io.hydra.manager.identity.Caller;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Writes down who changed what, and who was not let: one line each, with the same keys always.
 * Agents' reports are no changes, and plans change nothing.
 */
class Audit {
  /** A category of its own, so that it can be kept elsewhere and longer. */
  private static final Logger LOG = Logger.getLogger("hydra.audit");

  private static final Set<String> NO_CHANGES =
      Set.of("NodesResource.report", "InstancesResource.report", "ChannelsResource.plan");
  private static final String NONE = "-";
  private static final int LONGEST = 2_000;

  private final Access access;
  private final AuditNote note;

  Audit(Access access, AuditNote note) {
    this.access = access;
    this.note = note;
  }

  @ServerResponseFilter
  public void tell(
      ContainerRequestContext request,
      ContainerResponseContext response,
      SimpleResourceInfo operation) {
    if (operation.getResourceClass() == null) {
      return;
    }
    var result = result(response);
    var action = IdentityFilter.name(operation);
    if (isChange(request, action) || isRefusal(result)) {
      LOG.info(line(action, request.getUriInfo().getPathParameters(), result));
    }
  }

  private static boolean isChange(ContainerRequestContext request, String action) {
    return !request.getMethod().equals("GET")
        && !request.getMethod().equals("HEAD")
        && !NO_CHANGES.contains(action);
  }

  private static boolean isRefusal(String result) {
    return result.equals(ErrorCode.UNAUTHENTICATED.name())
        || result.equals(ErrorCode.FORBIDDEN.name());
  }

  private static String result(ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem) {
      return problem.code().name();
    }
    return response.getStatus() < 400 ? "OK" : "HTTP_" + response.getStatus();
  }

  private String line(String action, MultivaluedMap<String, String> path, String result) {
    var caller = access.caller();
    return "action=%s who=%s as=%s from=%s channel=%s release=%s node=%s instance=%s before=%s after=%s result=%s"
        .formatted(
            action.replace("Resource", ""),
            quoted(caller.map(Caller::name)),
            quoted(
                caller.map(Caller::agents).filter(agents -> !agents.isEmpty()).map(Audit::names)),
            quoted(note.from()),
            quoted(channel(path)),
            quoted(Optional.ofNullable(path.getFirst("version"))),
            quoted(Optional.ofNullable(path.getFirst("node"))),
            quoted(Optional.ofNullable(path.getFirst("instance"))),
            quoted(note.before()),
            quoted(note.after()),
            result);
  }

  private static String names(List<Agent> agents) {
    return agents.stream().map(Agent::toString).collect(Collectors.joining(","));
  }

  private static Optional<String> channel(MultivaluedMap<String, String> path) {
    return Optional.ofNullable(path.getFirst("env"))
        .map(env -> env + "/" + path.getFirst("namespace") + "/" + path.getFirst("name"));
  }

  /** Whoever calls chooses names: none of them may look like a key, or begin a line. */
  private static String quoted(Optional<String> value) {
    return value.map(Audit::quoted).orElse(NONE);
  }

  private static String quoted(String value) {
    if (value.matches("[A-Za-z0-9_./:,@*-]+")) {
      return value;
    }
    var shown = new StringBuilder("\"");
    value
        .codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (c == '"' || c == '\\' || Character.isISOControl(c) || c > 126) {
                shown.append("\\u%04x".formatted(c));
                return;
              }
              shown.appendCodePoint(c);
            });
    return shown.append('"').toString();
  }
}
