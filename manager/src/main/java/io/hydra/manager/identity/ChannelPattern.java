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
public final class ChannelPattern {
  /** All channels. */
  public static final ChannelPattern ALL = new ChannelPattern("*/*/*");

  private static final Pattern WRITTEN =
      Pattern.compile("[a-z0-9*-]{1,63}/[a-z0-9*-]{1,63}/[a-z0-9*-]{1,63}");

  private final String text;
  private final Pattern expression;
  private final boolean isAll;

  /** Every call of an agent asks it, so that it is read once. */
  private ChannelPattern(String text) {
    this.text = text;
    expression =
        Pattern.compile(
            Stream.of(text.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("[^/]*")));
    isAll = Stream.of(text.split("/", -1)).allMatch(part -> part.matches("\\*+"));
  }

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
    return isAll || expression.matcher(channel.toString()).matches();
  }

  /** Whether no channel is left out. */
  public boolean isAll() {
    return isAll;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelPattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
