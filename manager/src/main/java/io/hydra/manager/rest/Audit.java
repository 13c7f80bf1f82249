package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.manager.audit.AuditLine;
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
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Writes down who changed what, and who was not let. Agents' reports are no changes, and plans
 * change nothing.
 */
class Audit {
  private static final Set<String> NO_CHANGES =
      Set.of("NodesResource.report", "InstancesResource.report", "ChannelsResource.plan");

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
      line(action, request.getUriInfo().getPathParameters(), result).log();
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
    return response.getStatus() < 400 ? AuditLine.OK : "HTTP_" + response.getStatus();
  }

  private AuditLine line(String action, MultivaluedMap<String, String> path, String result) {
    var caller = access.caller();
    return new AuditLine(
        action.replace("Resource", ""),
        caller.map(Caller::name),
        caller.map(Caller::agents).filter(agents -> !agents.isEmpty()).map(Audit::names),
        note.from(),
        channel(path),
        Optional.ofNullable(path.getFirst("version")),
        Optional.ofNullable(path.getFirst("node")),
        Optional.ofNullable(path.getFirst("instance")),
        note.before(),
        note.after(),
        result);
  }

  private static String names(List<Agent> agents) {
    return agents.stream().map(Agent::toString).collect(Collectors.joining(","));
  }

  private static Optional<String> channel(MultivaluedMap<String, String> path) {
    return Optional.ofNullable(path.getFirst("env"))
        .map(env -> env + "/" + path.getFirst("namespace") + "/" + path.getFirst("name"));
  }
}
