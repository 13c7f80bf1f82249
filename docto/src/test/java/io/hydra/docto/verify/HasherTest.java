package io.hydra.docto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Checksum.Algorithm;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HasherTest {

  /** Check values as the algorithms' definitions give them. */
  @ParameterizedTest
  @CsvSource({
    "CRC64NVME, ae8b14860a799888",
    "CRC32, cbf43926",
    "CRC32C, e3069283",
    "MD5, 25f9e794323b453885f5181f1b624d0b",
    "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
  })
  void givenTheCheckStringThenTheCheckValue(Algorithm algorithm, String expected) {
    var bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
    var hasher = Hasher.of(algorithm);

    hasher.update(bytes, 0, bytes.length);

    assertThat(hasher.hex()).isEqualTo(expected);
  }

  @Property
  void crc64OfPiecesIsThatOfTheWhole(
      @ForAll @Size(max = 100) byte[] bytes, @ForAll @IntRange(max = 100) int cut) {
    int at = Math.min(cut, bytes.length);
    var whole = new Crc64Nvme();
    var pieces = new Crc64Nvme();

    whole.update(bytes, 0, bytes.length);
    for (int i = 0; i < at; i++) {
      pieces.update(bytes[i]);
    }
    pieces.update(bytes, at, bytes.length - at);

    assertThat(pieces.getValue()).isEqualTo(whole.getValue());
  }
}
