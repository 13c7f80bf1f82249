package io.hydra.manager.rest;

import io.hydra.wire.ChannelView;
import io.hydra.wire.PublishResult;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Adds what HTTP says beside the body: the ETag of a channel, and 201 for a release that was made.
 */
@Provider
class AnswerHeaders implements ContainerResponseFilter {
  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    switch (response.getEntity()) {
      case ChannelView view ->
          response.getHeaders().putSingle(HttpHeaders.ETAG, EntityTags.of(view.revision()));
      case PublishResult result when result.created() ->
          response.setStatus(Response.Status.CREATED.getStatusCode());
      case null, default -> {}
    }
  }
}
