package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InodesTest {
  private final AtomicLong free = new AtomicLong(10);
  private final Inodes inodes = new Inodes(free::get);
  private final Path one;
  private final Path two;

  InodesTest(@TempDir Path directory) {
    one = directory.resolve("one");
    two = directory.resolve("two");
  }

  /** By which it is known for a lack of space. */
  @Test
  void givenFewerThanFilesThenItIsToldInTheWordsOfTheSystem() {
    assertThatThrownBy(() -> inodes.reserve(one, 11))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device: 11 files")
        .hasMessageContaining("10 inodes are free");
  }

  /** Enough, without a limit, or not known. */
  @ParameterizedTest
  @ValueSource(longs = {3, Long.MAX_VALUE, -38})
  void givenEnoughThenItGoesOn(long available) {
    free.set(available);
    assertThatCode(() -> inodes.reserve(one, 3)).doesNotThrowAnyException();
  }

  @Test
  void givenTwoAtOnceThenTheSecondDoesNotCountWhatTheFirstIsToTake() throws IOException {
    inodes.reserve(one, 6);

    assertThatThrownBy(() -> inodes.reserve(two, 5))
        .hasMessageContaining("10 inodes are free, 6 of them kept for other fetches");
    assertThatCode(() -> inodes.reserve(two, 4)).doesNotThrowAnyException();
  }

  @Test
  void givenWhatTheFirstHasMadeThenItIsNotCountedTwice() throws IOException {
    inodes.reserve(one, 6);
    // With the directory itself.
    make(one, 4);
    free.addAndGet(-5);

    assertThatThrownBy(() -> inodes.reserve(two, 5)).hasMessageContaining("1 of them kept");
    assertThatCode(() -> inodes.reserve(two, 4)).doesNotThrowAnyException();
  }

  @Test
  void givenOneThatGoesOnThenItNeedsWhatItHasNotMadeOnly() throws IOException {
    make(one, 4);
    free.set(1);

    assertThatCode(() -> inodes.reserve(one, 6)).doesNotThrowAnyException();
    assertThatThrownBy(() -> inodes.reserve(one, 7)).hasMessageContaining("2 files");
  }

  @Test
  void givenOneThatIsReservedAgainThenItCountsOnce() throws IOException {
    inodes.reserve(one, 6);

    assertThatCode(() -> inodes.reserve(one, 10)).doesNotThrowAnyException();
  }

  @Test
  void givenAReleaseThenOthersHaveIt() throws IOException {
    inodes.reserve(one, 6);
    inodes.release(one);

    assertThatCode(() -> inodes.reserve(two, 10)).doesNotThrowAnyException();
  }

  @Test
  void givenARefusalThenNothingIsKept() throws IOException {
    assertThatThrownBy(() -> inodes.reserve(one, 11)).isInstanceOf(IOException.class);

    assertThatCode(() -> inodes.reserve(two, 10)).doesNotThrowAnyException();
  }

  @Test
  void givenManyAtOnceThenNoMoreBeginThanThereIsRoomFor() throws Exception {
    free.set(35);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var begun =
          threads.invokeAll(
              IntStream.range(0, 50).<Callable<Boolean>>mapToObj(this::begins).toList());
      int count = 0;
      for (var each : begun) {
        count += each.get() ? 1 : 0;
      }
      assertThat(count).isEqualTo(3);
    }
  }

  @Test
  void asksTheSystem(@TempDir Path directory) {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assertThat(Libc.freeInodes(directory.toString())).isPositive();
    assertThat(Libc.freeInodes(directory.resolve("none").toString())).isEqualTo(-2);
  }

  private Callable<Boolean> begins(int number) {
    return () -> {
      try {
        inodes.reserve(one.resolveSibling("many-" + number), 10);
        return true;
      } catch (IOException refused) {
        return false;
      }
    };
  }

  private static void make(Path directory, int files) throws IOException {
    Files.createDirectories(directory);
    for (int number = 0; number < files; number++) {
      Files.createFile(directory.resolve("file-" + number));
    }
  }
}
