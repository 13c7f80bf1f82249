package io.hydra.testing.history;

import java.util.Optional;

/**
 * One call of a client.
 *
 * @param client for people
 * @param start before it was sent; of a clock that all clients share, such as {@code
 *     System.nanoTime()}
 * @param end after it was answered; {@link #NEVER} where nobody knows whether it happens, which may
 *     be any time after the start, or not at all
 * @param answer empty where it is not known
 */
public record Call(
    String client, long start, long end, Operation operation, Optional<Answer> answer) {
  public static final long NEVER = Long.MAX_VALUE;

  /** What is asked of a channel. */
  public sealed interface Operation {}

  /**
   * A new release, which becomes the head.
   *
   * @param content that no other release has
   */
  public record Publish(String content) implements Operation {}

  /** The head is rejected; the newest one before it that is not becomes the head. */
  public record Rollback() implements Operation {}

  /** Which release is the head, and how many there are. */
  public record Read() implements Operation {}

  /**
   * What is answered to each of them.
   *
   * @param head sequence number of the head afterwards; 0 where there is none
   * @param last sequence number of the newest release
   * @param content of the head
   */
  public record Answer(long head, long last, String content) {}

  public static Call answered(
      String client, long start, long end, Operation operation, Answer answer) {
    return new Call(client, start, end, operation, Optional.of(answer));
  }

  /** The connection broke, say. One that was refused has not happened and is no call. */
  public static Call unanswered(String client, long start, Operation operation) {
    return new Call(client, start, NEVER, operation, Optional.empty());
  }
}
