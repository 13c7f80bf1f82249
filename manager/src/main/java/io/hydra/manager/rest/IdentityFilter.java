package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.identity.Access;
import io.hydra.manager.identity.Authentication;
import io.hydra.manager.identity.Role;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Lets nobody in whose call was not proven and allowed. Refusals are failures like any others. */
class IdentityFilter {
  private final Authentication authentication;
  private final Access access;
  private final AuditNote audit;

  IdentityFilter(Authentication authentication, Access access, AuditNote audit) {
    this.authentication = authentication;
    this.access = access;
    this.audit = audit;
  }

  /** On the thread of the call, which may have to wait for the API server. */
  @ServerRequestFilter
  public void check(
      UriInfo uri,
      HttpHeaders headers,
      HttpServerRequest connection,
      SimpleResourceInfo operation) {
    Optional.ofNullable(connection.remoteAddress())
        .ifPresent(address -> audit.from(String.valueOf(address.hostAddress())));
    access.by(
        authentication.identify(
            Optional.ofNullable(headers.getHeaderString(HttpHeaders.AUTHORIZATION))));
    var need =
        AccessRules.of(name(operation))
            .orElseThrow(
                () ->
                    new HydraException(
                        ErrorCode.FORBIDDEN, "nobody may do this: it is not said who"));
    require(need, uri.getPathParameters());
  }

  static String name(SimpleResourceInfo operation) {
    return operation.getResourceClass().getSimpleName() + "." + operation.getMethodName();
  }

  private void require(Need need, MultivaluedMap<String, String> path) {
    switch (need) {
      case NOTHING_MORE -> {}
      case VIEW -> access.require(Role.VIEWER);
      case VIEW_CHANNEL -> access.require(Role.VIEWER, channel(path));
      case MANIFEST -> access.requireAgentOrViewer();
      case PUBLISH -> access.require(Role.PUBLISHER, channel(path));
      case PUBLISH_OR_OPERATE -> requireEither(channel(path));
      case OPERATE_CHANNEL -> access.require(Role.OPERATOR, channel(path));
      case OPERATE_SOMETHING -> access.require(Role.OPERATOR);
      case OPERATE_EVERYTHING -> access.requireEverywhere(Role.OPERATOR);
      case ADMINISTER_EVERYTHING -> access.requireEverywhere(Role.ADMIN);
      case SAME_NODE -> access.requireSelf(new NodeName(path.getFirst("node")));
      case SAME_INSTANCE -> access.requireSelf(new InstanceId(path.getFirst("instance")));
    }
  }

  /** Whoever may operate need not be told that he may not publish. */
  private void requireEither(ChannelId channel) {
    if (!access.may(Role.OPERATOR, channel)) {
      access.require(Role.PUBLISHER, channel);
    }
  }

  private static ChannelId channel(MultivaluedMap<String, String> path) {
    return new ChannelId(path.getFirst("env"), path.getFirst("namespace"), path.getFirst("name"));
  }
}
