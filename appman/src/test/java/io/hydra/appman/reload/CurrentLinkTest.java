package io.hydra.appman.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.support.FakeNode;
import io.hydra.model.DatasetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentLinkTest {
  private final Path directory;
  private final FakeNode node;
  private final CurrentLink current;

  CurrentLinkTest(@TempDir Path directory) throws IOException {
    this.directory = directory.resolve("appman");
    Files.createDirectories(this.directory);
    node = new FakeNode(directory);
    current = new CurrentLink(this.directory, new NodeData(node.layout()));
  }

  @Test
  void givenASwitch_thenEachDatasetIsReadThroughItsName() throws IOException {
    var release = FakeNode.release(1);
    node.bring(release);

    current.switchTo(release);

    assertThat(current.leadsTo(release)).isTrue();
    for (var dataset : release.datasets()) {
      assertThat(read(current.path(), dataset.name())).isEqualTo(dataset.digest().hex());
    }
  }

  @Test
  void givenAThousandSwitches_thenNoReaderSeesTwoReleasesAtOnce() {
    var releases = IntStream.rangeClosed(1, 4).mapToObj(FakeNode::release).toList();
    releases.forEach(node::bring);
    current.switchTo(releases.getFirst());
    var done = new AtomicBoolean();
    var seen = new AtomicInteger();
    var reader = CompletableFuture.supplyAsync(() -> mixedSets(releases, done, seen));

    int switches = 0;
    for (int i = 0; i < 1000 || seen.get() < 100; i++) {
      var next = releases.get(i % releases.size());
      current.switchTo(next);
      current.prune(Set.of(next, releases.get((i + 3) % releases.size())));
      switches++;
    }
    done.set(true);

    assertThat(reader.join()).isZero();
    assertThat(switches).isGreaterThanOrEqualTo(1000);
  }

  private int mixedSets(List<ReleaseSet> releases, AtomicBoolean done, AtomicInteger seen) {
    int mixed = 0;
    while (!done.get()) {
      try {
        var set = current.path().toRealPath();
        var index = read(set, new DatasetName("index"));
        var model = read(set, new DatasetName("model"));
        seen.incrementAndGet();
        mixed += releases.stream().noneMatch(release -> isOf(release, index, model)) ? 1 : 0;
      } catch (NoSuchFileException pruned) {
        // This reader was slower than two switches; nothing torn was to be seen.
      } catch (IOException e) {
        return -1;
      }
    }
    return mixed;
  }

  private static boolean isOf(ReleaseSet release, String index, String model) {
    return release.datasets().get(0).digest().hex().equals(index)
        && release.datasets().get(1).digest().hex().equals(model);
  }

  private static String read(Path set, DatasetName name) throws IOException {
    return Files.readString(set.resolve(name.value()).resolve("digest"));
  }

  @Test
  void givenASetOfTheSameNameWithOtherLinks_thenItIsLeftAloneAndAnotherIsMade() throws IOException {
    var release = FakeNode.release(1);
    node.bring(release);
    current.switchTo(release);
    var before = current.path().toRealPath();
    var elsewhere = new FakeNode(directory.resolve("moved"));
    elsewhere.bring(release);

    var moved = new CurrentLink(directory, new NodeData(elsewhere.layout()));
    moved.switchTo(release);

    assertThat(current.path().toRealPath()).isNotEqualTo(before);
    assertThat(before).isDirectory();
    assertThat(moved.leadsTo(release)).isTrue();
  }

  @Test
  void givenWhatAKilledAppManLeft_thenTheNextSwitchSucceeds() throws IOException {
    var release = FakeNode.release(1);
    node.bring(release);
    Files.createDirectories(directory.resolve("releases"));
    var half = directory.resolve("releases/.new-000001-" + release.ref().version());
    Files.createDirectory(half);
    Files.createSymbolicLink(half.resolve("index"), Path.of("/nowhere"));
    Files.createSymbolicLink(directory.resolve(".current-new"), Path.of("nowhere"));

    current.switchTo(release);

    assertThat(current.leadsTo(release)).isTrue();
  }

  @Test
  void givenALinkInTheStore_thenItDoesNotCountAsData() throws IOException {
    var release = FakeNode.release(1);
    node.bring(release);
    var path = node.path(release.datasets().getFirst());
    Files.move(path, path.resolveSibling("elsewhere"));
    Files.createSymbolicLink(path, path.resolveSibling("elsewhere"));

    assertThat(new NodeData(node.layout()).missing(release))
        .singleElement()
        .asString()
        .contains("'index'", path.toString());
  }
}
