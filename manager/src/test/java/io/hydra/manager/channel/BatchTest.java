package io.hydra.manager.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.reconcile.RelayingStore;
import io.hydra.manager.store.ChannelStore;
import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.EmbeddedStore;
import io.hydra.manager.store.Fence;
import io.hydra.manager.store.FencedStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded store, as a leader writes to it. */
class BatchTest {
  private final List<List<String>> commits = new ArrayList<>();
  private final ChannelStore store;

  BatchTest(@TempDir Path directory) {
    store = EmbeddedStore.open(directory.resolve("manager.mv"));
    store.commit(List.of(new Operation.Put("leader", new byte[0])));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void manySmallWritesAreFewCommits() {
    var batch = new Batch(led());

    for (int i = 0; i < 200; i++) {
      batch.put("k%03d".formatted(i), new byte[1]);
    }
    batch.commit();
    batch.commit();

    assertThat(store.keys("k")).hasSize(200);
    assertThat(commits).hasSize(4);
    assertThat(commits.stream().flatMap(List::stream)).isSorted().hasSize(200);
  }

  @Test
  void largeWritesAreKeptApart() {
    var batch = new Batch(led());

    for (int i = 0; i < 5; i++) {
      batch.put("k%d".formatted(i), new byte[ManifestArchive.PART_BYTES]);
      batch.put("k%d-index".formatted(i), new byte[1]);
    }
    batch.commit();

    assertThat(commits).hasSize(5).allSatisfy(keys -> assertThat(keys).hasSize(2));
  }

  private ChannelStore led() {
    var check = new Operation.Check("leader", store.get("leader").orElseThrow().revision());
    var fence =
        new Fence() {
          @Override
          public Optional<Operation.Check> check() {
            return Optional.of(check);
          }

          @Override
          public void broken(Operation.Check broken) {
            throw new IllegalStateException("nobody else leads");
          }
        };
    var noting =
        new RelayingStore() {
          {
            relayTo(store);
          }

          @Override
          public Outcome commit(List<Operation> operations) {
            commits.add(operations.stream().skip(1).map(Operation::key).toList());
            return super.commit(operations);
          }
        };
    return new FencedStore(noting, fence);
  }
}
