package io.hydra.manager.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.store.ChannelStore.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed (SIGKILL) at any moment; what it has acknowledged is there. */
class StoreKillIT {
  private static final int ROUNDS = 20;
  private static final int MAX_COMMITS_BEFORE_THE_KILL = 60;

  private final Path directory;

  StoreKillIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void givenAWriterIsKilledAtAnyMomentThenWhatItAcknowledgedIsThereAndCommitsAreWhole()
      throws Exception {
    var file = directory.resolve("manager.mv");
    var random = new Random(7);
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = writeUntilKilled(file, random);
      try (var store = EmbeddedStore.open(file)) {
        assertIntact(store, acknowledged);
      }
    }
  }

  private static long writeUntilKilled(Path file, Random random) throws Exception {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                CommitWriter.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      long acknowledged = readSome(out, random.nextInt(MAX_COMMITS_BEFORE_THE_KILL));
      killWithin(process, random.nextInt(20_000_000));
      // What it had said before it died counts, even where nobody had read it yet.
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        acknowledged = Long.parseLong(line);
      }
      return acknowledged;
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static long readSome(BufferedReader out, int lines) throws IOException {
    long last = 0;
    for (int i = 0; i <= lines; i++) {
      var line = out.readLine();
      assertThat(line).as("the writer lives until it is killed").isNotNull();
      last = Long.parseLong(line);
    }
    return last;
  }

  /** Anywhere within a commit, which takes some milliseconds. */
  private static void killWithin(Process process, long nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    // Not through the process itself, which would close its output.
    process.toHandle().destroyForcibly();
  }

  private static void assertIntact(ChannelStore store, long acknowledged) {
    long counter = Long.parseLong(new String(store.get("counter").orElseThrow().value(), UTF_8));
    assertThat(counter).as("the last commit that is there").isGreaterThanOrEqualTo(acknowledged);
    var expected =
        LongStream.rangeClosed(Math.max(1, counter - CommitWriter.KEPT + 1), counter)
            .boxed()
            .toList();
    assertThat(store.keys("left/"))
        .containsExactlyInAnyOrderElementsOf(expected.stream().map(CommitWriter::left).toList());
    assertThat(store.keys("right/"))
        .containsExactlyInAnyOrderElementsOf(expected.stream().map(CommitWriter::right).toList());
    for (var number : expected) {
      assertThat(valueOf(store, CommitWriter.left(number))).isEqualTo(CommitWriter.value(number));
      assertThat(valueOf(store, CommitWriter.right(number))).isEqualTo(CommitWriter.value(number));
    }
  }

  private static byte[] valueOf(ChannelStore store, String key) {
    return store.get(key).map(Entry::value).orElseThrow();
  }
}
