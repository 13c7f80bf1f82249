package io.hydra.testing.balancer;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A replica as the balancer sees it.
 *
 * <p>Thread-safe: one prober writes, all requests read.
 */
public final class Backend {
  private final String id;
  private final URI address;
  private final URI readiness;
  private final LongSupplier nanoClock;
  private final AtomicInteger inFlight = new AtomicInteger();

  private boolean ready;
  private boolean everReady;
  private long outSince;
  private long outNanos;
  private int outages;

  /**
   * @param address where requests go
   * @param readiness answers 2xx while it takes requests
   */
  public Backend(String id, URI address, URI readiness) {
    this(id, address, readiness, System::nanoTime);
  }

  Backend(String id, URI address, URI readiness, LongSupplier nanoClock) {
    this.id = id;
    this.address = address;
    this.readiness = readiness;
    this.nanoClock = nanoClock;
  }

  public String id() {
    return id;
  }

  URI address() {
    return address;
  }

  URI readiness() {
    return readiness;
  }

  public synchronized boolean isReady() {
    return ready;
  }

  /** What the last probe said. */
  synchronized void observe(boolean nowReady) {
    if (nowReady == ready) {
      return;
    }
    ready = nowReady;
    if (nowReady) {
      outNanos += everReady ? nanoClock.getAsLong() - outSince : 0;
      everReady = true;
      return;
    }
    outSince = nanoClock.getAsLong();
    outages++;
  }

  /** Requests that it has in hand. */
  public int inFlight() {
    return inFlight.get();
  }

  void begin() {
    inFlight.incrementAndGet();
  }

  void end() {
    inFlight.decrementAndGet();
  }

  /** How long it was not ready since it first was, the present outage included. */
  public synchronized Duration out() {
    boolean outNow = everReady && !ready;
    return Duration.ofNanos(outNanos + (outNow ? nanoClock.getAsLong() - outSince : 0));
  }

  /** How often it stopped being ready. */
  public synchronized int outages() {
    return outages;
  }
}
