package io.hydra.manager.inject;

import io.hydra.manager.apiserver.ApiServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Has the webhook run where that is switched on. A manager that has just started is not ready
 * before the webhook is, so that the Service leads to none that does not inject; but an API server
 * that lets the webhook wait does not keep the manager from its other work.
 */
@Readiness
@ApplicationScoped
class Injection implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Injection.class);
  private static final String COUNTER = "hydra.injection.pods";
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(15);

  private final InjectionConfig config;
  private final Instance<ApiServer> api;
  private final Instance<Injector> injector;
  private final Instance<MeterRegistry> meters;
  private final Vertx vertx;
  private final Clock clock;
  private final Instant since;
  private volatile Optional<Webhook> webhook = Optional.empty();

  Injection(
      InjectionConfig config,
      Instance<ApiServer> api,
      Instance<Injector> injector,
      Instance<MeterRegistry> meters,
      Vertx vertx,
      Clock clock) {
    this.config = config;
    this.api = api;
    this.injector = injector;
    this.meters = meters;
    this.vertx = vertx;
    this.clock = clock;
    this.since = clock.instant();
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    var started = new Webhook(config, api.get(), vertx, clock, this::answer);
    Gauge.builder("hydra.injection.serving", () -> started.isServing() ? 1 : 0)
        .register(meters.get());
    Gauge.builder(
            "hydra.injection.certificate.remaining.seconds",
            () -> started.certificateRemains().toSeconds())
        .register(meters.get());
    webhook = Optional.of(started);
    started.start();
  }

  void stop(@Observes ShutdownEvent event) {
    webhook.ifPresent(Webhook::close);
  }

  private byte[] answer(byte[] body) throws IOException {
    var question = AdmissionReviews.read(body);
    var verdict = injector.get().judge(question.pod(), question.namespace());
    if (!question.dryRun()) {
      LOG.infof("pod=%s injection=%s", question.podName(), told(verdict));
      meters.get().counter(COUNTER, "result", result(verdict)).increment();
    }
    return AdmissionReviews.write(question.uid(), verdict);
  }

  private static String told(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Admitted(var _, var warnings) when warnings.isEmpty() -> result(verdict);
      case Verdict.Admitted(var _, var warnings) ->
          result(verdict) + " detail=" + String.join("; ", warnings);
      case Verdict.Refused(var why) -> result(verdict) + " detail=" + why;
    };
  }

  private static String result(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Admitted(var patch, var _) -> patch.isEmpty() ? "unchanged" : "injected";
      case Verdict.Refused _ -> "refused";
    };
  }

  @Override
  public HealthCheckResponse call() {
    boolean serves = webhook.map(Webhook::isServing).orElse(true);
    boolean waits = clock.instant().isBefore(since.plus(MOST_PATIENCE));
    return HealthCheckResponse.named("injection")
        .status(serves || !waits)
        .withData("enabled", config.enabled())
        .withData("serving", config.enabled() && serves)
        .build();
  }
}
