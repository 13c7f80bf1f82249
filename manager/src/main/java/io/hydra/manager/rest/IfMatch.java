package io.hydra.manager.rest;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channel;
import io.hydra.manager.channel.Channels.Versioned;
import io.hydra.model.ChannelId;
import io.hydra.wire.ChannelView;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * At which revision a channel has to be for a change to be made (RFC 9110, section 13.1.1).
 *
 * @param header empty where any will do
 */
record IfMatch(Optional<String> header) {

  private Stream<String> tags() {
    return header.stream().flatMap(text -> Arrays.stream(text.split(",", -1))).map(String::strip);
  }

  private boolean takesAny() {
    return header.isEmpty() || tags().anyMatch("*"::equals);
  }

  private boolean names(long revision) {
    return takesAny() || tags().anyMatch(ChannelView.entityTag(revision)::equals);
  }

  /**
   * @throws HydraException {@code PRECONDITION_FAILED}
   */
  void require(Versioned known) {
    if (!names(known.revision())) {
      throw failed(known.channel().id());
    }
  }

  /**
   * The change, refused if the channel is another one by the time that it is made.
   *
   * @throws HydraException {@code PRECONDITION_FAILED}
   */
  UnaryOperator<Channel> guard(Versioned known, UnaryOperator<Channel> change) {
    require(known);
    if (takesAny()) {
      return change;
    }
    return channel -> {
      if (!channel.equals(known.channel())) {
        throw failed(channel.id());
      }
      return change.apply(channel);
    };
  }

  /**
   * A deletion at the revision that was required.
   *
   * @throws HydraException {@code PRECONDITION_FAILED} where somebody was faster
   */
  void carryOut(ChannelId id, Runnable deletion) {
    try {
      deletion.run();
    } catch (HydraException refused) {
      if (refused.code() == ErrorCode.CONFLICT && !takesAny()) {
        throw failed(id);
      }
      throw refused;
    }
  }

  static HydraException failed(ChannelId id) {
    return new HydraException(
        ErrorCode.PRECONDITION_FAILED,
        "channel %s is not at the revision that If-Match names; read it again".formatted(id));
  }
}
