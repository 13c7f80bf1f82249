package io.hydra.manager.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore.Operation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what holds for the embedded store's file. */
class EmbeddedStoreTest extends ChannelStoreContract {
  private final Path directory;

  EmbeddedStoreTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Override
  ChannelStore open() {
    return EmbeddedStore.open(directory.resolve("contract.mv"));
  }

  @Test
  void givenADirectoryThatIsMissingThenItIsMade() {
    var file = directory.resolve("a/b/manager.mv");

    EmbeddedStore.open(file).close();

    assertThat(file).exists();
  }

  @Test
  void givenAnotherManagerHasTheFileThenItSaysSo() {
    var file = directory.resolve("manager.mv");
    try (var _ = EmbeddedStore.open(file)) {
      assertRefused(file, ErrorCode.UNAVAILABLE, "in use by another manager");
    }
  }

  @Test
  void givenAnEmptyFileThenNoStateIsBegunAnew() throws IOException {
    var file = Files.createFile(directory.resolve("manager.mv"));

    assertRefused(file, ErrorCode.STORAGE_FAILED, "is empty");
    assertThat(file).hasSize(0);
  }

  @Test
  void givenAFileOfSomethingElseThenRefusedAndLeftAsItIs() throws IOException {
    var file = directory.resolve("manager.mv");
    var bytes = new byte[20_000];
    new Random(1).nextBytes(bytes);
    Files.write(file, bytes);

    assertRefused(file, ErrorCode.STORAGE_FAILED, "manager.mv");
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void givenAFileCutShortThenRefused() throws IOException {
    var file = directory.resolve("manager.mv");
    try (var store = EmbeddedStore.open(file)) {
      for (int i = 0; i < 50; i++) {
        store.commit(List.of(new Operation.Put("k" + i, new byte[10_000])));
      }
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(3000);
    }

    assertRefused(file, ErrorCode.STORAGE_FAILED, "cannot be opened");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50, 70, 90, 95})
  void givenAFileThatLostItsEndWhenOpenedThenNoOlderStateIsTakenForTheNewest(int percentLeft)
      throws IOException {
    var file = directory.resolve("manager.mv");
    try (var store = EmbeddedStore.open(file)) {
      for (int i = 0; i < 100; i++) {
        store.commit(List.of(new Operation.Put("k" + i % 20, new byte[10_000])));
      }
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() * percentLeft / 100);
    }

    assertRefused(file, ErrorCode.STORAGE_FAILED, "manager.mv");
  }

  @Test
  void givenAnOlderCopyOfTheFileThenRefusedUntilSomebodyWantsIt() throws IOException {
    var file = directory.resolve("manager.mv");
    EmbeddedStore.open(file).close();
    var copy = Files.readAllBytes(file);
    try (var store = EmbeddedStore.open(file)) {
      store.commit(List.of(new Operation.Put("a", new byte[1])));
    }
    Files.write(file, copy);

    assertRefused(file, ErrorCode.STORAGE_FAILED, "remove " + file + ".revision");

    Files.delete(directory.resolve("manager.mv.revision"));
    EmbeddedStore.open(file).close();
  }

  @Test
  void givenADirectoryInPlaceOfTheFileThenRefused() throws IOException {
    var file = Files.createDirectory(directory.resolve("manager.mv"));

    assertRefused(file, ErrorCode.STORAGE_FAILED, "manager.mv");
  }

  @Test
  void givenItsDirectoryIsAFileThenRefused() throws IOException {
    var parent = Files.createFile(directory.resolve("data"));

    assertRefused(parent.resolve("manager.mv"), ErrorCode.STORAGE_FAILED, "cannot be opened");
  }

  @Test
  void givenALeftoverOfAnInterruptedFirstStartThenItStartsAnew() throws IOException {
    Files.writeString(directory.resolve("manager.mv.new"), "half");

    try (var store = EmbeddedStore.open(directory.resolve("manager.mv"))) {
      assertThat(store.list("")).isEmpty();
    }
    assertThat(directory.resolve("manager.mv.new")).doesNotExist();
  }

  @Test
  void givenAClosedStoreThenReadersAndWritersHearSo() {
    var store = EmbeddedStore.open(directory.resolve("manager.mv"));
    store.close();

    assertUnavailable(() -> store.get("a"));
    assertUnavailable(() -> store.list(""));
    assertUnavailable(() -> store.commit(List.of(new Operation.Put("a", "1".getBytes(UTF_8)))));
  }

  /** A commit whose last step failed is in the file all the same, though its caller heard no. */
  @Test
  void givenAFailedCommitThatIsDurableWhenTheStoreMendsItselfThenWatchersHearOfIt()
      throws Exception {
    var file = directory.resolve("manager.mv");
    try (var store = EmbeddedStore.open(file)) {
      store.commit(List.of(new Operation.Put("n/old", new byte[1])));
      var told = ConcurrentHashMap.<String>newKeySet();
      var hold = new CountDownLatch(1);
      try (var _ = store.watch("hold", keys -> awaitZero(hold));
          var _ = store.watch("n/", told::addAll)) {
        store.commit(List.of(new Operation.Put("hold", new byte[1])));
        failToCommit(store, new Operation.Put("n/new", new byte[1]));
        try (var durable = EmbeddedStore.open(file)) {
          durable.commit(List.of(new Operation.Put("n/new", new byte[1])));
        }

        hold.countDown();

        await().untilAsserted(() -> assertThat(told).contains("n/old", "n/new"));
        assertThat(store.get("n/new")).isPresent();
      }
    }
  }

  @Test
  void givenAFailedDeletionWhenTheStoreMendsItselfThenWatchersHearOfItsKey() {
    try (var store = EmbeddedStore.open(directory.resolve("manager.mv"))) {
      var told = ConcurrentHashMap.<String>newKeySet();
      try (var _ = store.watch("n/", told::addAll)) {
        failToCommit(store, new Operation.DeleteIf("n/gone", 0));

        await().untilAsserted(() -> assertThat(told).contains("n/gone"));
      }
    }
  }

  /** An interrupt closes the file under the engine, which is a real failure of the disk to it. */
  private static void failToCommit(ChannelStore store, Operation operation) {
    Thread.currentThread().interrupt();
    try {
      assertUnavailable(() -> store.commit(List.of(operation)));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void awaitZero(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertRefused(Path file, ErrorCode code, String detail) {
    assertThatThrownBy(() -> EmbeddedStore.open(file))
        .isInstanceOfSatisfying(
            HydraException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.detail()).contains(detail).contains(file.toString());
            });
  }

  private static void assertUnavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            HydraException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }
}
