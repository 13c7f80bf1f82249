package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.manager.channel.Samples;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {
  private static final Channel CHANNEL = Samples.withReleases(3);
  private static final Channel LATER = rollback(CHANNEL);
  private static final Versioned KNOWN = new Versioned(CHANNEL, 12);

  private static Channel rollback(Channel channel) {
    return channel.rollback(Optional.empty(), Samples.NOW);
  }

  private static IfMatch header(String value) {
    return new IfMatch(Optional.of(value));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HydraException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"12\"", "*", "\"3\", \"12\"", " \"12\" "})
  void givenTheRevisionAmongTheTagsThenTheChangeIsMade(String value) {
    assertThat(header(value).guard(KNOWN, IfMatchTest::rollback).apply(CHANNEL)).isEqualTo(LATER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "\"1\"", "\"112\"", "W/\"12\""})
  void givenOtherTagsThenItIsRefused(String value) {
    assertFails(
        ErrorCode.PRECONDITION_FAILED,
        () -> header(value).guard(KNOWN, IfMatchTest::rollback).apply(CHANNEL));
  }

  @Test
  void givenSomebodyWasFasterThenOneDoesNotGoBackTwice() {
    var guarded = header("\"12\"").guard(KNOWN, IfMatchTest::rollback);

    assertFails(ErrorCode.PRECONDITION_FAILED, () -> guarded.apply(LATER));
  }

  @Test
  void givenNoHeaderOrAnyRevisionThenItIsMadeWhoeverWasFaster() {
    var twice = rollback(LATER);

    assertThat(header("*").guard(KNOWN, IfMatchTest::rollback).apply(LATER)).isEqualTo(twice);
    assertThat(new IfMatch(Optional.empty()).guard(KNOWN, IfMatchTest::rollback).apply(LATER))
        .isEqualTo(twice);
  }

  @Test
  void givenADeletionThatCameTooLateThenItIsThePreconditionThatFailed() {
    Runnable tooLate =
        () -> {
          throw new HydraException(ErrorCode.CONFLICT, "changed");
        };

    assertFails(
        ErrorCode.PRECONDITION_FAILED, () -> header("\"12\"").carryOut(CHANNEL.id(), tooLate));
    assertFails(
        ErrorCode.CONFLICT, () -> new IfMatch(Optional.empty()).carryOut(CHANNEL.id(), tooLate));
  }
}
