package io.hydra.wire;

/** What a {@link ChannelEvent} tells. More may come: who does not know one passes it over. */
public enum EventType {
  /**
   * No change: what came before may have been missed. Read anew what matters; every change from
   * here on follows.
   */
  RESET,
  CHANNEL_CREATED,
  CHANNEL_DELETED,
  SETTINGS_CHANGED,
  /** A release was appended; that it is the head is told on its own. */
  RELEASE_PUBLISHED,
  RELEASE_REJECTED,
  /** By a publish, a promotion, a rollback or a rejection. */
  HEAD_CHANGED,
  PINNED,
  UNPINNED,
  /** Nodes fetch, or one more instance serves the target. */
  ROLLOUT_PROGRESSED,
  /** Nothing has moved for a while; the message says what is waited for. */
  ROLLOUT_BLOCKED,
  ROLLOUT_DONE,
  /** An instance may move to a release. */
  RELOAD_GRANTED,
  /** An instance serves another release than before. */
  RELOAD_COMPLETED,
  /** An instance could not load a release. */
  RELOAD_FAILED
}
