package io.hydra.cli.follow;

import io.hydra.wire.ChannelStatus;

/** Shows a rollout while it goes on. */
public interface Display extends AutoCloseable {
  void show(ChannelStatus status);

  /** The manager does not answer for the time being; it is asked again. */
  void unreachable(String why);

  @Override
  void close();
}
