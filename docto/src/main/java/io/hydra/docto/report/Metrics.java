package io.hydra.docto.report;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.Setback;
import io.hydra.docto.config.ScrubConfig;
import io.hydra.docto.fetch.FetchListener;
import io.hydra.docto.fetch.Fetcher;
import io.hydra.docto.place.NodeSpace;
import io.hydra.docto.s3.FallbackListener;
import io.hydra.docto.scrub.Medium;
import io.hydra.docto.scrub.ScrubListener;
import io.hydra.docto.scrub.ScrubNotes;
import io.hydra.docto.source.FetchException;
import io.hydra.wire.Capacity;
import io.hydra.wire.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;

/** What Prometheus sees, all below {@code hydra_docto_}. */
@Singleton
public final class Metrics implements FetchListener, FallbackListener, ScrubListener {
  private static final double NANOS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final Counter fetched;
  private final Counter fallbacks;
  private final Counter scrubbed;

  Metrics(
      MeterRegistry registry,
      Inventory inventory,
      NodeSpace space,
      ScrubConfig scrub,
      ScrubNotes notes,
      LiveSoundness soundness,
      Fetcher fetcher) {
    this.registry = registry;
    this.fetched =
        Counter.builder("hydra.docto.fetched")
            .baseUnit("bytes")
            .description("Bytes that came from sources")
            .register(registry);
    observe(fetcher);
    this.fallbacks =
        Counter.builder("hydra.docto.fetch.fallbacks")
            .description("Answers of S3 that were not understood, and asked for by the AWS SDK")
            .register(registry);
    this.scrubbed =
        Counter.builder("hydra.docto.scrubbed")
            .baseUnit("bytes")
            .description("Bytes that were read again to prove them")
            .register(registry);
    for (var medium : Medium.values()) {
      proven(medium, 0);
      damaged(medium, 0);
    }
    if (scrub.every().isPositive()) {
      Gauge.builder(
              "hydra.docto.scrub.oldest.seconds", notes, it -> (double) it.oldest().toSeconds())
          .baseUnit("seconds")
          .description("Since the copy that was not proven for longest was proven")
          .register(registry);
    }
    Gauge.builder("hydra.docto.live.corrupt", soundness, it -> it.corrupt().size())
        .description("Live contents that were found damaged and are not whole again")
        .register(registry);
    Gauge.builder("hydra.docto.store", inventory, Metrics::storeBytes)
        .baseUnit("bytes")
        .description("Bytes of committed content on disk")
        .register(registry);
    Gauge.builder("hydra.docto.disk.free", space, Metrics::diskFree)
        .baseUnit("bytes")
        .description("What may still be written below ROOT")
        .register(registry);
    Gauge.builder("hydra.docto.ram.free", space, Metrics::ramFree)
        .baseUnit("bytes")
        .description("What may still be written below RAM_ROOT")
        .register(registry);
    inventory.listen(this::countFault);
  }

  private void observe(Fetcher fetcher) {
    Gauge.builder("hydra.docto.fetch.parts", fetcher, Fetcher::partsInFlight)
        .description("Parts in flight, those that pause before another attempt included")
        .register(registry);
    Gauge.builder("hydra.docto.fetch.parts.limit", fetcher, Fetcher::partsLimit)
        .description("Parts that may be in flight")
        .register(registry);
    Gauge.builder("hydra.docto.fetch.bandwidth.waiting", fetcher, Fetcher::waitingForBandwidth)
        .description("Parts that wait because of a cap of bandwidth")
        .register(registry);
    FunctionCounter.builder(
            "hydra.docto.fetch.bandwidth.waited",
            fetcher,
            it -> (double) it.waitedForBandwidth().toNanos() / NANOS_PER_SECOND)
        .baseUnit("seconds")
        .description("Time that parts have waited because of a cap of bandwidth, added up")
        .register(registry);
  }

  @Override
  public void received(long bytes) {
    fetched.increment((double) bytes);
  }

  @Override
  public void retried(FetchException.Cause cause) {
    registry
        .counter("hydra.docto.fetch.retries", "cause", cause.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void fellBack() {
    fallbacks.increment();
  }

  @Override
  public void scrubbed(long bytes) {
    scrubbed.increment((double) bytes);
  }

  @Override
  public void proven(Medium medium) {
    proven(medium, 1);
  }

  private void proven(Medium medium, int times) {
    Counter.builder("hydra.docto.scrub.contents")
        .description("Copies that were read again and are what was committed")
        .tag("medium", nameOf(medium))
        .register(registry)
        .increment(times);
  }

  @Override
  public void damaged(Medium medium) {
    damaged(medium, 1);
  }

  private void damaged(Medium medium, int times) {
    Counter.builder("hydra.docto.scrub.damage")
        .description("Copies that were read again and are damaged")
        .tag("medium", nameOf(medium))
        .register(registry)
        .increment(times);
  }

  private static String nameOf(Medium medium) {
    return medium.name().toLowerCase(Locale.ROOT);
  }

  private void countFault(Content before, Content after) {
    if (!before.setback().equals(after.setback())) {
      after.setback().map(Setback::fault).ifPresent(this::count);
    } else if (before.shortage().isEmpty()) {
      after.shortage().ifPresent(this::count);
    }
  }

  private void count(Fault fault) {
    registry.counter("hydra.docto.faults", "code", fault.code().name()).increment();
  }

  private static double storeBytes(Inventory inventory) {
    return (double)
        inventory.snapshot().values().stream()
            .mapToLong(c -> c.disk() instanceof DiskCopy.Ready(var content) ? content.bytes() : 0)
            .sum();
  }

  private static double diskFree(NodeSpace space) {
    try {
      return (double) space.disk().free();
    } catch (IOException unmeasurable) {
      return Double.NaN;
    }
  }

  private static double ramFree(NodeSpace space) {
    try {
      return space.ram().map(Capacity::free).map(Long::doubleValue).orElse(0.0);
    } catch (IOException unmeasurable) {
      return Double.NaN;
    }
  }
}
