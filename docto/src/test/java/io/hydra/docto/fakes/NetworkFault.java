package io.hydra.docto.fakes;

import io.hydra.error.ErrorCode;
import io.hydra.testing.process.Toxiproxy;
import io.hydra.testing.process.Toxiproxy.Stream;
import io.hydra.testing.process.Toxiproxy.Toxic;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Ways in which a network fails, by {@link Toxiproxy}. */
public enum NetworkFault implements SourceFault {
  LATENCY(Lasting.NO),
  BANDWIDTH(Lasting.NO),
  SLICES(Lasting.NO),
  RESETS(Lasting.NO),
  CUTS(Lasting.NO),
  STALLS(Lasting.YES),
  REFUSED(Lasting.YES);

  private final Lasting lasting;

  NetworkFault(Lasting lasting) {
    this.lasting = lasting;
  }

  @Override
  public Lasting lasting() {
    return lasting;
  }

  @Override
  public Set<ErrorCode> codes() {
    return switch (this) {
      case LATENCY, BANDWIDTH, SLICES -> Set.of();
      case RESETS, CUTS, STALLS, REFUSED -> Set.of(ErrorCode.SOURCE_UNAVAILABLE);
    };
  }

  /**
   * @param port of the way that fails
   * @param share of connections that do
   */
  public void begin(Toxiproxy proxy, int port, double share, Random random) {
    var either = random.nextBoolean() ? Stream.UPSTREAM : Stream.DOWNSTREAM;
    switch (this) {
      case LATENCY ->
          proxy.poison(
              port,
              new Toxic(
                  "latency",
                  either,
                  share,
                  Map.of("latency", upTo(150, random), "jitter", upTo(100, random))));
      case BANDWIDTH ->
          proxy.poison(
              port,
              new Toxic(
                  "bandwidth", Stream.DOWNSTREAM, share, Map.of("rate", 10 + upTo(300, random))));
      case SLICES ->
          proxy.poison(
              port,
              new Toxic(
                  "slicer",
                  Stream.DOWNSTREAM,
                  share,
                  Map.of(
                      "average_size",
                      100 + upTo(2000, random),
                      "size_variation",
                      upTo(100, random),
                      "delay",
                      upTo(3000, random))));
      case RESETS ->
          proxy.poison(
              port, new Toxic("reset_peer", either, share, Map.of("timeout", upTo(60, random))));
      case CUTS ->
          proxy.poison(
              port,
              new Toxic(
                  "limit_data", Stream.DOWNSTREAM, share, Map.of("bytes", upTo(100_000, random))));
      case STALLS -> proxy.poison(port, new Toxic("timeout", either, share, Map.of("timeout", 0L)));
      case REFUSED -> proxy.block(port);
    }
  }

  private static long upTo(int most, Random random) {
    return random.nextInt(most + 1);
  }
}
