package io.hydra.testing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.testing.s3.Uploads.Generated;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchWorkTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4GiB | 1 x 4 GiB | 1x4GiB | 4294967296",
        "1000x1MiB | 1,000 x 1 MiB | 1000x1MiB | 1048576000",
        "20000x16KiB | 20,000 x 16 KiB | 20000x16KiB | 327680000",
        "3x1024KiB | 3 x 1 MiB | 3x1MiB | 3145728",
        "3x1536KiB | 3 x 1536 KiB | 3x1536KiB | 4718592"
      })
  void givenAText_whenParsed_thenItIsNamedAndCounted(
      String text, String title, String name, long bytes) {
    var work = FetchWork.parse(text);

    assertThat(work.title()).isEqualTo(title);
    assertThat(work.name()).isEqualTo(name);
    assertThat(work.bytes()).isEqualTo(bytes);
  }

  @Test
  void givenManyFiles_whenMade_thenKeysDifferAndContentsToo() {
    var objects = FetchWork.parse("1200x16KiB").objects();

    assertThat(new HashSet<>(objects.stream().map(Generated::key).toList())).hasSize(1200);
    assertThat(new HashSet<>(objects.stream().map(Generated::seed).toList())).hasSize(1200);
    assertThat(objects).allMatch(object -> object.key().startsWith("1200x16KiB/"));
    assertThat(objects.getLast().key()).isEqualTo("1200x16KiB/002/part-001199");
  }

  @ParameterizedTest
  @CsvSource({"4GiB,>= 1.4,<= 0.45", "1000x1MiB,>= 1.3,<= 0.5", "20000x16KiB,>= 2,<= 0.35"})
  void givenAWork_whenItsGoalsAreAsked_thenTheyAreThoseOfItsFiles(
      String text, String wall, String processor) {
    var goals = FetchWork.parse(text).goals();

    assertThat(goals.wall()).hasToString(wall);
    assertThat(goals.processor()).hasToString(processor);
  }
}
