package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.docto.config.ByteSize;
import io.hydra.docto.fakes.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthTest {
  private static final int KIB = 1024;

  private final FakeTime time = new FakeTime();
  private final Instant start = time.instant();

  @Test
  void givenNoCap_whenBytesCome_thenNothingIsWaitedFor() throws InterruptedException {
    var allowance = bandwidth(Optional.empty(), Optional.empty()).forDataset();

    allowance.spend(1 << 30);

    assertThat(passed()).isZero();
    assertThat(allowance.pieceBytes()).isEqualTo(256 * KIB);
  }

  @ParameterizedTest
  @CsvSource({"100, 50, 20", "50, 100, 20", "100, 100, 10"})
  void givenBothCaps_whenOneDatasetIsFetched_thenTheSmallerHolds(
      long ofNode, long ofDataset, long seconds) throws InterruptedException {
    var allowance = bandwidth(cap(ofNode), cap(ofDataset)).forDataset();

    for (int i = 0; i < 10; i++) {
      allowance.spend(100);
    }

    assertThat(passed()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void givenTwoDatasets_whenBothAreFetched_thenTheyShareTheNodesCap() throws InterruptedException {
    var bandwidth = bandwidth(cap(100), Optional.empty());
    var one = bandwidth.forDataset();
    var other = bandwidth.forDataset();

    for (int i = 0; i < 5; i++) {
      one.spend(100);
      other.spend(100);
    }

    assertThat(passed()).isEqualTo(Duration.ofSeconds(10));
    assertThat(bandwidth.waited()).isEqualTo(Duration.ofSeconds(10));
    assertThat(bandwidth.waiting()).isZero();
  }

  @Test
  void givenACapOfEach_whenTwoDatasetsAreFetched_thenNeitherTakesFromTheOther()
      throws InterruptedException {
    var bandwidth = bandwidth(Optional.empty(), cap(100));
    bandwidth.forDataset().spend(100);

    bandwidth.forDataset().spend(100);

    assertThat(bandwidth.waited()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({"1048576, 65536", "1073741824, 262144", "10, 4096"})
  void givenACap_whenBytesAreRead_thenInPiecesThatComeEvenly(long cap, int pieceBytes) {
    assertThat(bandwidth(cap(cap), Optional.empty()).forDataset().pieceBytes())
        .isEqualTo(pieceBytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 65_535})
  void givenACapThatIsTooSmall_whenItIsRead_thenItIsRefusedWithTheSetting(long cap) {
    assertThatThrownBy(() -> Bandwidth.checked("hydra.fetch.bytes-per-second", cap(cap)))
        .hasMessageContaining("hydra.fetch.bytes-per-second has to be 64KiB or more");
  }

  @Test
  void givenACapOrNone_whenItIsRead_thenItIsTaken() {
    assertThat(Bandwidth.checked("any", cap(65_536))).isEqualTo(cap(65_536));
    assertThat(Bandwidth.checked("any", Optional.empty())).isEmpty();
  }

  @Test
  void givenAPartThatWaits_whenItIsCounted_thenItIsOne() throws InterruptedException {
    var seen = new Bandwidth[1];
    var bandwidth =
        new Bandwidth(
            cap(1),
            Optional.empty(),
            time::nanoTime,
            _ -> assertThat(seen[0].waiting()).isEqualTo(1));
    seen[0] = bandwidth;

    bandwidth.forDataset().spend(1);

    assertThat(bandwidth.waiting()).isZero();
  }

  private Duration passed() {
    return Duration.between(start, time.instant());
  }

  private Bandwidth bandwidth(Optional<ByteSize> ofNode, Optional<ByteSize> ofDataset) {
    return new Bandwidth(ofNode, ofDataset, time::nanoTime, time::pass);
  }

  private static Optional<ByteSize> cap(long bytesPerSecond) {
    return Optional.of(new ByteSize(bytesPerSecond));
  }
}
