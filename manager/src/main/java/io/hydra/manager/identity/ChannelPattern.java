package io.hydra.manager.identity;

import io.hydra.model.ChannelId;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some channels, written as one of them with {@code *} for anything within a part: {@code
 * prod/search/*}, {@code * /search/team-*} (without the space). A lone {@code *} is all.
 */
public record ChannelPattern(String text) {
  /** All channels. */
  public static final ChannelPattern ALL = new ChannelPattern("*/*/*");

  private static final Pattern WRITTEN =
      Pattern.compile("[a-z0-9*-]{1,63}/[a-z0-9*-]{1,63}/[a-z0-9*-]{1,63}");

  /** Empty where that is no pattern. */
  static Optional<ChannelPattern> of(String text) {
    if (text.equals("*")) {
      return Optional.of(ALL);
    }
    return WRITTEN.matcher(text).matches()
        ? Optional.of(new ChannelPattern(text))
        : Optional.empty();
  }

  public boolean matches(ChannelId channel) {
    return expression().matcher(channel.toString()).matches();
  }

  /** Whether no channel is left out. */
  public boolean isAll() {
    return Stream.of(text.split("/", -1)).allMatch(part -> part.matches("\\*+"));
  }

  private Pattern expression() {
    return Pattern.compile(
        Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")));
  }

  @Override
  public String toString() {
    return text;
  }
}
