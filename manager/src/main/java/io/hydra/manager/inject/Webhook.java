package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiRefusal;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Followed;
import io.hydra.manager.apiserver.Informer;
import io.hydra.manager.inject.authority.ClusterObjects;
import io.hydra.manager.inject.authority.ServerCertificate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The webhook with its certificate: kept valid, told to the API server, told again when somebody
 * has changed that; and served from when the API server knows it.
 */
final class Webhook implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Webhook.class);
  private static final int CONFLICT = 409;

  /** Nothing need be looked at more often: what changes, the API server tells of. */
  private static final Duration EVERY = Duration.ofMinutes(1);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
  private static final Duration AFTER_FAILURES = Duration.ofSeconds(30);

  private final InjectionConfig config;
  private final ApiServer api;
  private final ServerCertificate certificate;
  private final AdmissionServer server;
  private final Rehearsal rehearsal;
  private final List<Thread> threads = new ArrayList<>();
  private final Semaphore wake = new Semaphore(0);
  private boolean rehearsed;
  private boolean listening;
  private volatile boolean kept;

  Webhook(
      InjectionConfig config,
      ApiServer api,
      Vertx vertx,
      Clock clock,
      AdmissionServer.Handler handler) {
    this.config = config;
    this.api = api;
    var paths =
        new ServerCertificate.Paths(
            "/api/v1/namespaces/%s/secrets/%s".formatted(config.namespace(), config.secret()),
            configurations() + "/" + config.configuration());
    this.certificate = new ServerCertificate(objects(api), paths, config.names(), clock);
    this.server = new AdmissionServer(vertx, certificate::identity, handler);
    this.rehearsal = new Rehearsal(vertx, config.host(), config.port());
  }

  void start() {
    threads.add(Thread.ofVirtual().name("webhook").start(this::keep));
    threads.add(Thread.ofVirtual().name("webhook-follow").start(this::follow));
  }

  /** Whether the API server knows it, and can call it. */
  boolean isServing() {
    return kept;
  }

  Duration certificateRemains() {
    return certificate.remaining();
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    server.close();
  }

  private void keep() {
    try {
      var afterFailure = AFTER_FAILURE;
      while (true) {
        boolean done = attempt();
        var pause = done ? EVERY : afterFailure;
        afterFailure = done ? AFTER_FAILURE : longer(afterFailure);
        var unused = wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
      }
    } catch (InterruptedException ended) {
      LOG.debug("the manager stops", ended);
    }
  }

  private static Duration longer(Duration pause) {
    var doubled = pause.multipliedBy(2);
    return doubled.compareTo(AFTER_FAILURES) > 0 ? AFTER_FAILURES : doubled;
  }

  private boolean attempt() throws InterruptedException {
    try {
      var unused = certificate.keep();
      if (!listening) {
        int port = server.listen(config.port(), config.host());
        listening = true;
        LOG.infof("injection: listens on %s:%d for %s", config.host(), port, config.names());
      }
      if (!rehearsed) {
        rehearsal.play(certificate.authorities(), config.namespace());
        rehearsed = true;
      }
      kept = true;
      return true;
    } catch (IOException | RuntimeException e) {
      missed(e);
      return false;
    }
  }

  /** Another manager, or a person, was quicker: what he wrote is read next. */
  private void missed(Exception e) {
    if (e instanceof ApiRefusal refusal && refusal.status() == CONFLICT) {
      LOG.debugf("state=conflict detail=%s", refusal.getMessage());
      return;
    }
    kept = false;
    LOG.warnf(
        "injection: pods may be created without AppMan, as the webhook with Secret %s/%s and MutatingWebhookConfiguration %s does not serve detail=%s",
        config.namespace(), config.secret(), config.configuration(), api.why(e));
  }

  private void follow() {
    var own =
        new Followed(
            "the webhook's configuration",
            configurations(),
            "metadata.name=" + config.configuration(),
            "",
            _ -> true);
    try {
      new Informer(api, own, new Waking(wake)).run();
    } catch (InterruptedException ended) {
      LOG.debug("the manager stops", ended);
    }
  }

  private static String configurations() {
    return "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  }

  private static ClusterObjects objects(ApiServer api) {
    return new ClusterObjects() {
      @Override
      public JsonNode get(String path) throws IOException, InterruptedException {
        return api.get(path);
      }

      @Override
      public void put(String path, JsonNode object) throws IOException, InterruptedException {
        var unused = api.put(path, object);
      }
    };
  }

  private record Waking(Semaphore wake) implements Informer.Listener {
    @Override
    public void put(ApiObject changed) {
      wake.release();
    }

    @Override
    public void remove(ApiObject.Name gone) {
      wake.release();
    }

    @Override
    public void listed() {
      // What is there was told one by one.
    }
  }
}
