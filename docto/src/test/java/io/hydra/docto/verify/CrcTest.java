package io.hydra.docto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.ManifestFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CrcTest {

  /** Check values as the algorithms' definitions give them. */
  @ParameterizedTest
  @CsvSource({"CRC64NVME, ae8b14860a799888", "CRC32C, e3069283", "CRC32, cbf43926"})
  void givenPartsOfTheCheckStringThenTheCheckValue(Crc crc, String expected) {
    var bytes = "123456789".getBytes(StandardCharsets.US_ASCII);

    assertThat(crc.hex(crc.whole(parts(crc, bytes, List.of(4, 8))))).isEqualTo(expected);
  }

  @Property
  void theSumOfTheWholeFollowsFromThoseOfItsParts(
      @ForAll Crc crc,
      @ForAll @Size(max = 300) byte[] bytes,
      @ForAll @Size(max = 6) List<@IntRange(max = 300) Integer> borders) {
    assertThat(crc.whole(parts(crc, bytes, borders))).isEqualTo(sum(crc, bytes, 0, bytes.length));
  }

  @Property
  void buffersAreSummedAsArraysAre(
      @ForAll Crc crc,
      @ForAll @Size(max = 300) byte[] bytes,
      @ForAll @IntRange(max = 20) int before,
      @ForAll boolean direct,
      @ForAll boolean little) {
    int room = before + bytes.length + 7;
    var buffer = direct ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
    buffer.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    buffer.position(before).put(bytes).flip().position(before);
    var sum = crc.begin();

    sum.update(buffer);

    assertThat(sum.getValue()).isEqualTo(sum(crc, bytes, 0, bytes.length));
    assertThat(buffer.remaining()).isZero();
  }

  /** As a file of one value has parts of one sum, the whole of many is known without its bytes. */
  @ParameterizedTest
  @EnumSource
  void givenPartsOfMebibytesThenTheirLengthsCount(Crc crc) {
    int mib = 1 << 20;
    var zeros = new byte[5 * mib + 3];
    long ofMib = sum(crc, zeros, 0, mib);
    var parts = new ArrayList<PartSum>();
    for (int i = 0; i < 5; i++) {
      parts.add(new PartSum(i, (long) i * mib, mib, ofMib, false));
    }
    parts.add(new PartSum(5, 5L * mib, 3, sum(crc, zeros, 0, 3), false));

    assertThat(crc.whole(parts)).isEqualTo(sum(crc, zeros, 0, zeros.length));
  }

  /** Two ways to the same: as it comes, and halves of halves joined. */
  @ParameterizedTest
  @EnumSource
  void givenLengthsBeyondWhatOneByteArrayHoldsThenTheyCountAsWell(Crc crc) {
    long gib = 1L << 30;
    long ofGib = 0x1234_5678;
    var four = new ArrayList<PartSum>();
    for (int i = 0; i < 4; i++) {
      four.add(new PartSum(i, i * gib, gib, ofGib, false));
    }
    long ofTwo = crc.whole(four.subList(0, 2));
    var two =
        List.of(
            new PartSum(0, 0, 2 * gib, ofTwo, false),
            new PartSum(1, 2 * gib, 2 * gib, ofTwo, false));

    assertThat(crc.whole(two)).isEqualTo(crc.whole(four));
  }

  @Test
  void givenNoPartsThenTheSumOfNoBytes() {
    assertThat(Crc.CRC64NVME.hex(Crc.CRC64NVME.whole(List.of()))).isEqualTo("0000000000000000");
  }

  @Test
  void givenAManifestThenTheBestOfItsChecksumsElseOneOfOurs() {
    assertThat(Crc.of(file())).isEqualTo(Crc.CRC32);
    assertThat(Crc.of(file(Algorithm.SHA256))).isEqualTo(Crc.CRC32);
    assertThat(Crc.of(file(Algorithm.CRC32))).isEqualTo(Crc.CRC32);
    assertThat(Crc.of(file(Algorithm.MD5, Algorithm.CRC32, Algorithm.CRC32C)))
        .isEqualTo(Crc.CRC32C);
    assertThat(Crc.of(file(Algorithm.CRC32C, Algorithm.CRC64NVME))).isEqualTo(Crc.CRC64NVME);
  }

  private static ManifestFile file(Algorithm... algorithms) {
    return new ManifestFile(
        "f",
        1,
        "e",
        Optional.empty(),
        Arrays.stream(algorithms).map(algorithm -> new Checksum(algorithm, "00")).toList());
  }

  /** Cut at these places, as far as there are bytes; a part may be empty. */
  private static List<PartSum> parts(Crc crc, byte[] bytes, List<Integer> borders) {
    var cuts = new ArrayList<>(borders.stream().map(cut -> Math.min(cut, bytes.length)).toList());
    cuts.add(bytes.length);
    cuts.sort(null);
    var parts = new ArrayList<PartSum>();
    int from = 0;
    for (int to : cuts) {
      parts.add(new PartSum(parts.size(), from, to - from, sum(crc, bytes, from, to), false));
      from = to;
    }
    return parts;
  }

  private static long sum(Crc crc, byte[] bytes, int from, int to) {
    var sum = crc.begin();
    sum.update(bytes, from, to - from);
    return sum.getValue();
  }
}
