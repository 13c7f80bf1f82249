package io.hydra.manager.identity;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Words that both files have. */
final class Words {
  private Words() {}

  static Role role(String word) {
    return Role.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no role; there are %s"
                        .formatted(
                            word,
                            Arrays.stream(Role.values())
                                .map(Role::written)
                                .collect(Collectors.joining(", ")))));
  }

  static ChannelPattern channels(String word) {
    return ChannelPattern.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no pattern of channels, such as prod/search/* or *".formatted(word)));
  }
}
