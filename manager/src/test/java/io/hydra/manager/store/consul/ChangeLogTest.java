package io.hydra.manager.store.consul;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChangeLog begun = ChangeLog.begin().with(List.of("a"));

  @Test
  void givenCommitsThenTheLogTellsWhichCameSince() {
    var now = begun.with(List.of("b", "c")).with(List.of("d"));

    assertThat(now.since(begun)).contains(List.of("b", "c", "d"));
    assertThat(now.since(now)).contains(List.of());
  }

  @Test
  void givenALogThatWasWrittenWhenReadThenItIsTheSame() {
    var now = begun.with(List.of("b"));

    assertThat(ChangeLog.read(now.bytes())).isEqualTo(now);
  }

  @Test
  void givenMoreCommitsThanItHoldsThenItCannotTellButIsNoOtherLog() {
    var now = begun;
    for (int commit = 0; commit < 100; commit++) {
      now = now.with(List.of("k" + commit));
    }

    assertThat(now.since(begun)).isEmpty();
    assertThat(now.succeeds(begun)).isTrue();
  }

  @Test
  void givenAnOlderLogThenItDoesNotSucceed() {
    var now = begun.with(List.of("b"));

    assertThat(begun.succeeds(now)).isFalse();
    assertThat(begun.since(now)).isEmpty();
  }

  @Test
  void givenAnotherLogThenItDoesNotSucceed() {
    assertThat(ChangeLog.begin().with(List.of("a")).succeeds(begun)).isFalse();
  }

  /** As many or more commits were made to a restored state as it had lost. */
  @Test
  void givenALogOfAnotherPastThenItDoesNotSucceedHoweverLongItIs() {
    var seen = begun.with(List.of("lost"));
    var other = begun.with(List.of("b"));

    assertThat(other.succeeds(seen)).isFalse();
    assertThat(other.with(List.of("c")).succeeds(seen)).isFalse();
    assertThat(other.with(List.of("c")).since(seen)).isEmpty();
  }

  @Test
  void givenAnOlderManagerHasWrittenItThenNumbersAloneCount() throws IOException {
    var written = (ObjectNode) JSON.readTree(begun.with(List.of("b")).bytes());
    written.remove("marks");
    var now = ChangeLog.read(written.toString().getBytes(UTF_8));

    assertThat(now.since(begun)).contains(List.of("b"));
    assertThat(ChangeLog.read(now.with(List.of("c")).bytes()).since(begun))
        .contains(List.of("b", "c"));
  }
}
