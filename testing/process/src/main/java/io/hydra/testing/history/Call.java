package io.hydra.testing.history;

import java.util.Optional;
import java.util.Set;

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

  /**
   * Another release becomes the head; those that are newer than it are rejected.
   *
   * @param to a sequence number: an older release, or a newer one that is rejected, and is so no
   *     longer; empty for the newest one before the head that is not rejected
   */
  public record Rollback(Optional<Long> to) implements Operation {}

  /**
   * @param sequence of the release
   */
  public record Pin(long sequence) implements Operation {}

  public record Unpin() implements Operation {}

  /** Which release is the head, and which is pinned. */
  public record ReadChannel() implements Operation {}

  /** All releases, with what is known of each. */
  public record ReadReleases() implements Operation {}

  /** What is answered. Sequence numbers are 0 where there is no such release. */
  public sealed interface Answer {}

  /** To a publish. */
  public record Published(long sequence) implements Answer {}

  /** To whoever reads the channel or changes what its consumers are to be on, as of afterwards. */
  public record Heads(long head, long pin) implements Answer {}

  /**
   * @param last of the newest release
   * @param content of the newest release
   */
  public record Releases(long head, long pin, long last, String content, Set<Long> rejected)
      implements Answer {
    public Releases {
      rejected = Set.copyOf(rejected);
    }
  }

  /** It was not possible as the channel was, and has changed nothing. */
  public record Impossible() implements Answer {}

  public static Call answered(
      String client, long start, long end, Operation operation, Answer answer) {
    return new Call(client, start, end, operation, Optional.of(answer));
  }

  /** The connection broke, say. One that was certainly not taken up is no call. */
  public static Call unanswered(String client, long start, Operation operation) {
    return new Call(client, start, NEVER, operation, Optional.empty());
  }
}
