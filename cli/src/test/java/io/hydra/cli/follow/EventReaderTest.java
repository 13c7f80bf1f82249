package io.hydra.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventReaderTest {
  private Optional<String> lastId = Optional.of("before");

  private List<String> read(String text) throws IOException {
    var stream = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var all = new ArrayList<String>();
    try (var reader = new EventReader(stream, lastId)) {
      for (var event = reader.next(); event.isPresent(); event = reader.next()) {
        all.add(event.get());
      }
      lastId = reader.lastId();
    }
    return all;
  }

  @Test
  void givenEventsThenTheirDataIsReadWithOrWithoutASpace() throws IOException {
    assertThat(read("id:1\nevent:A\ndata:{\"a\":1}\n\nid: 2\nevent: B\ndata: {\"b\":2}\n\n"))
        .containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThat(lastId).contains("2");
  }

  @Test
  void givenDataOfSeveralLinesThenTheyAreJoined() throws IOException {
    assertThat(read("data: a\r\ndata: b\r\n\r\n")).containsExactly("a\nb");
  }

  @Test
  void givenACommentWithAPlaceThenNoEventButThePlace() throws IOException {
    assertThat(read(":\nid:7\n\n")).isEmpty();
    assertThat(lastId).contains("7");
  }

  @Test
  void givenAnEventThatBreaksOffThenNeitherItNorItsPlace() throws IOException {
    assertThat(read("id:1\ndata:a\n\nid:2\ndata:b")).containsExactly("a");
    assertThat(lastId).contains("1");
  }

  @Test
  void givenNothingThenThePlaceIsTheOneBefore() throws IOException {
    assertThat(read("\uFEFF: hello\n\n")).isEmpty();
    assertThat(lastId).contains("before");
  }
}
