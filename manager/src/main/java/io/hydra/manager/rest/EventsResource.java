package io.hydra.manager.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.identity.Access;
import io.hydra.manager.identity.Caller;
import io.hydra.manager.identity.Role;
import io.hydra.manager.watch.Events;
import io.hydra.manager.watch.Watch;
import io.hydra.model.ChannelId;
import io.hydra.wire.ChannelEvent;
import io.hydra.wire.EventType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/**
 * Changes as they happen, as server-sent events. A thread, which mostly waits, for each watcher.
 */
@Path("/api/v1/events")
@Tag(name = "Events")
@RunOnVirtualThread
@RegisterForReflection(targets = {ChannelEvent.class, EventType.class})
class EventsResource {
  private static final Logger LOG = Logger.getLogger(EventsResource.class);

  /** Tells both sides, and what is between them, that the connection lives. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** One that takes nothing for so long is gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Then it comes again, and is asked again who it is and what it may see. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Events events;
  private final Access access;
  private final ObjectMapper json;

  EventsResource(Events events, Access access, ObjectMapper json) {
    this.events = events;
    this.access = access;
    this.json = json;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "watchEvents",
      summary = "Watch what changes",
      description =
          "A stream of server-sent events; each has the event's type as `event`, the ChannelEvent as `data` and an `id`. Who comes"
              + " again with the last of them as `Last-Event-ID` goes on after it. Where that cannot be, or without it, the"
              + " first event is a RESET: read anew what matters; every change from there on follows. A comment comes at"
              + " least every 15 s. The stream ends after 30 min, when the manager ceases to lead, and for who is too"
              + " slow: come again. Only channels that the caller may read are told of.")
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = ChannelEvent.class)))
  public void watch(
      @QueryParam("env") Optional<String> env,
      @QueryParam("namespace") Optional<String> namespace,
      @QueryParam("name") Optional<String> name,
      @HeaderParam("Last-Event-ID") Optional<String> lastEventId,
      @Context SseEventSink sink,
      @Context Sse sse,
      @Context HttpServerRequest request)
      throws InterruptedException {
    if (env.isPresent() && namespace.isPresent() && name.isPresent()) {
      access.require(Role.VIEWER, new ChannelId(env.get(), namespace.get(), name.get()));
    }
    var caller = access.caller().orElseThrow();
    var from = lastEventId.filter(id -> !id.isBlank());
    try (var watch =
        events.watch(
            from, event -> isSeen(event, caller) && isMeant(event, env, namespace, name))) {
      // Proxies that gather answers would hold events back.
      request
          .response()
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .putHeader("X-Accel-Buffering", "no");
      tell(watch, sink, sse, request);
    }
  }

  private static boolean isSeen(ChannelEvent event, Caller caller) {
    return event.channel().filter(id -> caller.may(Role.VIEWER, id)).isPresent();
  }

  private static boolean isMeant(
      ChannelEvent event, Optional<String> env, Optional<String> namespace, Optional<String> name) {
    return event
        .channel()
        .filter(id -> env.isEmpty() || id.env().equals(env.get()))
        .filter(id -> namespace.isEmpty() || id.namespace().equals(namespace.get()))
        .filter(id -> name.isEmpty() || id.name().equals(name.get()))
        .isPresent();
  }

  private void tell(Watch watch, SseEventSink sink, Sse sse, HttpServerRequest request)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    long told = System.nanoTime();
    try (sink) {
      while (System.nanoTime() - end < 0
          && watch.next(HEARTBEAT.minusNanos(System.nanoTime() - told))
              instanceof Watch.Next.Events(var batch, var position)) {
        for (var event : batch) {
          send(sink, written(event, sse));
        }
        boolean isDue = System.nanoTime() - told >= HEARTBEAT.toNanos();
        if (batch.isEmpty() && isDue) {
          // With the place, so that who hears nothing for long need not begin anew.
          send(sink, sse.newEventBuilder().id(position).comment("").build());
        }
        if (isDue || !batch.isEmpty()) {
          told = System.nanoTime();
        }
      }
    } catch (ExecutionException | IllegalStateException gone) {
      LOG.debug("a watcher is gone", gone);
    } catch (TimeoutException slow) {
      LOG.infof("a watcher takes nothing for %s s and is let go", PATIENCE.toSeconds());
      request.connection().close();
    }
  }

  private static void send(SseEventSink sink, OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    var unused =
        sink.send(event).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private OutboundSseEvent written(ChannelEvent event, Sse sse) {
    try {
      return sse.newEventBuilder()
          .id(event.id())
          .name(event.type().name())
          .data(String.class, json.writeValueAsString(event))
          .build();
    } catch (JsonProcessingException e) {
      throw new HydraException(ErrorCode.INTERNAL, "an event cannot be written", e);
    }
  }
}
