package io.hydra.manager.channel;

/**
 * Remembers that a publish happened.
 *
 * @param key that its caller chose
 * @param requestHash of what was asked for
 * @param sequence of the release that it gave
 */
public record PublishKey(String key, String requestHash, long sequence) {}
