package io.hydra.docto.report;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.DiskCopy;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.actual.Setback;
import io.hydra.docto.fetch.FetchListener;
import io.hydra.docto.place.NodeSpace;
import io.hydra.docto.s3.FallbackListener;
import io.hydra.docto.source.FetchException;
import io.hydra.wire.Capacity;
import io.hydra.wire.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;

/** What Prometheus sees, all below {@code hydra_docto_}. */
@Singleton
public final class Metrics implements FetchListener, FallbackListener {
  private final MeterRegistry registry;
  private final Counter fetched;
  private final Counter fallbacks;

  Metrics(MeterRegistry registry, Inventory inventory, NodeSpace space) {
    this.registry = registry;
    this.fetched =
        Counter.builder("hydra.docto.fetched")
            .baseUnit("bytes")
            .description("Bytes that came from sources")
            .register(registry);
    this.fallbacks =
        Counter.builder("hydra.docto.fetch.fallbacks")
            .description("Answers of S3 that were not understood, and asked for by the AWS SDK")
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
