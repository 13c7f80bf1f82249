package io.hydra.manager.rest;

import io.hydra.api.ChannelsApi;
import io.hydra.manager.lead.Lead;
import io.hydra.wire.ChannelView;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Adds what HTTP says beside the body: the ETag of a channel, 201 with a place for what was made,
 * and that an answer may be stale.
 */
@Provider
class AnswerHeaders implements ContainerResponseFilter {
  private final Creation creation;
  private final Staleness staleness;
  private final Lead lead;

  AnswerHeaders(Creation creation, Staleness staleness, Lead lead) {
    this.creation = creation;
    this.staleness = staleness;
    this.lead = lead;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof ChannelView view) {
      response.getHeaders().putSingle(HttpHeaders.ETAG, ChannelView.entityTag(view.revision()));
    }
    if (staleness.isStale() || isOfAnUnsureLeader(request)) {
      response.getHeaders().putSingle(ChannelsApi.STALE, "true");
    }
    creation
        .location()
        .ifPresent(
            path -> {
              response.setStatus(Response.Status.CREATED.getStatusCode());
              response.getHeaders().putSingle(HttpHeaders.LOCATION, path);
            });
  }

  /** Who leads by now may have heard more. */
  private boolean isOfAnUnsureLeader(ContainerRequestContext request) {
    return request.getMethod().equals("GET") && lead.isUnsure();
  }
}
