package io.hydra.docto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksumProofTest {
  /** Check values as the algorithms' definitions give them, some as sources may write them. */
  @ParameterizedTest
  @CsvSource({
    "CRC64NVME, ae8b14860a799888",
    "CRC32, CBF43926",
    "CRC32C, e3069283",
    "MD5, 25f9e794323b453885f5181f1b624d0b",
    "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
    "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
  })
  void givenTheCheckStringInPiecesThenItsChecksumHoldsAndNoOther(Algorithm algorithm, String hex) {
    var stated = new Checksum(algorithm, hex);

    assertThat(proven(stated, "1234", "56789")).isTrue();
    assertThat(proven(stated, "123456789")).isTrue();
    assertThat(proven(stated, "1234", "56788")).isFalse();
    assertThat(proven(stated)).isFalse();
  }

  private static boolean proven(Checksum stated, String... pieces) {
    var proof = new ChecksumProof(stated);
    for (var piece : pieces) {
      var direct = ByteBuffer.allocateDirect(64).put(piece.getBytes(StandardCharsets.US_ASCII));
      proof.update(direct.flip());
    }
    return proof.holds();
  }
}
