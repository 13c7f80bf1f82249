package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.reconcile.FakeClock;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import io.hydra.wire.HydraJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManifestMemoryTest {
  private final FakeClock clock = new FakeClock();
  private final ManifestMemory memory = new ManifestMemory(HydraJson.mapper(), clock);

  private Digest remember(String name, int files) {
    var manifest =
        new Manifest(IntStream.range(0, files).mapToObj(i -> file(name + "/" + i)).toList());
    memory.remember(manifest.digest(), manifest);
    return manifest.digest();
  }

  private static ManifestFile file(String path) {
    return new ManifestFile(path, 1, "etag", Optional.empty(), List.of());
  }

  @Test
  void whatIsRememberedReadsAsTheManifest() throws IOException {
    var digest = remember("a", 2);

    var body = memory.find(digest).orElseThrow();

    assertThat(HydraJson.mapper().readValue(body.getBytes(), Manifest.class).digest())
        .isEqualTo(digest);
  }

  @Test
  void whatNobodyAskedForIsNotThere() {
    remember("a", 1);

    assertThat(memory.find(new Manifest(List.of(file("b"))).digest())).isEmpty();
  }

  @Test
  void itIsForgottenAfterAWhile_howeverOftenItWasAskedFor() {
    var digest = remember("a", 1);

    clock.pass(ManifestMemory.REMEMBERED.dividedBy(2));
    remember("a", 1);
    assertThat(memory.find(digest)).isPresent();

    clock.pass(ManifestMemory.REMEMBERED.dividedBy(2));
    assertThat(memory.find(digest)).isEmpty();
  }

  @Test
  void largeOnesAreNotRemembered() {
    assertThat(memory.find(remember("many", 501))).isEmpty();
    assertThat(memory.find(remember("long/" + "x".repeat(200), 300))).isEmpty();
  }

  @Test
  void theOldestGoWhereThereAreTooMany() {
    var first = remember("0", 400);
    var last = first;
    for (int i = 1; i < 100; i++) {
      last = remember(Integer.toString(i), 400);
    }

    assertThat(memory.find(first)).isEmpty();
    assertThat(memory.find(last)).isPresent();
  }
}
