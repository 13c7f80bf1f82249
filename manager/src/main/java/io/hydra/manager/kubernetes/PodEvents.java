package io.hydra.manager.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.manager.apiserver.ApiServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Tells where people look what is wrong with a pod: in the log, and by an Event on the pod. */
@ApplicationScoped
class PodEvents implements Annotations.Objections {
  private static final Logger LOG = Logger.getLogger(PodEvents.class);

  /**
   * What waits to be told, at most: a thousand wrong pods at once need not all have their Event.
   */
  private static final int MOST_WAITING = 200;

  private final ApiServer server;
  private final Clock clock;
  private final ExecutorService teller =
      new ThreadPoolExecutor(
          0,
          1,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofVirtual().name("events").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  PodEvents(ApiServer server, Clock clock) {
    this.server = server;
    this.clock = clock;
  }

  @Override
  public void to(ConsumerPod pod, String reason, String sentence) {
    LOG.warnf("pod=%s node=%s reason=%s detail=%s", pod.id(), pod.node(), reason, sentence);
    teller.execute(() -> tell(pod, reason, sentence));
  }

  @PreDestroy
  void stop() {
    var unused = teller.shutdownNow();
  }

  private void tell(ConsumerPod pod, String reason, String sentence) {
    try {
      var unused =
          server.post(
              "/api/v1/namespaces/%s/events".formatted(pod.namespace()),
              event(pod, reason, sentence));
    } catch (IOException e) {
      LOG.warnf("could not write an Event pod=%s detail=%s", pod.id(), server.why(e));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private ObjectNode event(ConsumerPod pod, String reason, String sentence) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event").put("type", "Warning");
    event.put("reason", reason).put("message", sentence);
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
    event.put("reportingComponent", "hydra-manager").put("reportingInstance", "hydra-manager");
    event.putObject("source").put("component", "hydra-manager");
    event
        .putObject("metadata")
        .put("generateName", pod.id().name() + ".")
        .put("namespace", pod.namespace());
    event
        .putObject("involvedObject")
        .put("apiVersion", "v1")
        .put("kind", "Pod")
        .put("namespace", pod.namespace())
        .put("name", pod.id().name())
        .put("uid", pod.uid());
    return event;
  }
}
