package io.hydra.docto.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.docto.actual.CommittedContent;
import io.hydra.docto.actual.CommittedContent.CommittedFile;
import io.hydra.docto.place.ContentStore;
import io.hydra.layout.NodeLayout;
import io.hydra.model.Checksum;
import io.hydra.model.Checksum.Algorithm;
import io.hydra.model.Digest;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyProverTest {
  private static final byte[] RIGHT = {1, 2, 3};
  private static final byte[] WRONG = {1, 2, 2};

  private final Digest digest = Digest.of("a".repeat(64));
  private final Copy copy =
      new Copy(
          CommittedContent.of(
              digest,
              List.of(
                  new CommittedFile(
                      "f",
                      RIGHT.length,
                      new Checksum(Algorithm.SHA256, Digest.sha256(RIGHT).hex())))),
          Medium.DISK);

  private final List<ByteBuffer> memory = new ArrayList<>();
  private final Path file;
  private final CopyProver prover;

  CopyProverTest(@TempDir Path root) throws IOException {
    var layout = new NodeLayout(root, Optional.empty());
    file = layout.store(digest).resolve("f");
    Files.createDirectories(layout.store(digest));
    prover =
        new CopyProver(
            new ContentStore(layout, HydraJson.mapper()),
            layout,
            new CopyReader(1, this::allocated));
  }

  @Test
  void givenASoundFileThenItIsReadToTheSameMemoryAgain() throws Exception {
    Files.write(file, RIGHT);

    assertThat(prover.prove(copy, leave())).isEqualTo(new Proof.Sound());
    assertThat(prover.prove(copy, leave())).isEqualTo(new Proof.Sound());

    assertThat(memory).hasSize(1);
  }

  /** One stuck bit of it would have all that is read by it withdrawn. */
  @Test
  void givenAWrongFileThenItCountsWhenItIsReadWronglyToOtherMemoryToo() throws Exception {
    Files.write(file, WRONG);

    assertThat(prover.prove(copy, leave()))
        .isEqualTo(new Proof.Wrong("file 'f' is not what was committed"));

    assertThat(memory).hasSize(2);
    assertThat(memory).allSatisfy(buffer -> assertThat(holds(buffer, WRONG)).isTrue());
  }

  private ByteBuffer allocated(int bytes) {
    var buffer = ByteBuffer.allocateDirect(bytes);
    memory.add(buffer);
    return buffer;
  }

  private static boolean holds(ByteBuffer buffer, byte[] bytes) {
    for (int at = 0; at + bytes.length <= buffer.capacity(); at++) {
      if (buffer.slice(at, bytes.length).equals(ByteBuffer.wrap(bytes))) {
        return true;
      }
    }
    return false;
  }

  private static CopyReader.Leave leave() {
    return new CopyReader.Leave() {
      @Override
      public boolean mayRead() {
        return true;
      }

      @Override
      public void hasRead(long bytes) {}

      @Override
      public void hasClosed(CommittedFile file) {}
    };
  }
}
