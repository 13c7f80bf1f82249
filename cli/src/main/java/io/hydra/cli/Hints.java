package io.hydra.cli;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.util.Map;
import java.util.Optional;

/** What a user can do about a refusal, where there is something. */
final class Hints {
  private static final Map<ErrorCode, String> HINTS =
      Map.of(
          ErrorCode.UNKNOWN_ENVIRONMENT,
          "`hydra context` lists the managers you know; choose with --context or --manager",
          ErrorCode.UNKNOWN_RELEASE,
          "`hydra releases` lists those there are",
          ErrorCode.UNKNOWN_NODE,
          "`hydra nodes` lists those there are",
          ErrorCode.UNKNOWN_INSTANCE,
          "`hydra instances` lists those there are",
          ErrorCode.INVALID_TEMPLATE,
          "`hydra template init` writes one to start from",
          ErrorCode.NO_COMMON_VERSION,
          "without --same-version each dataset takes its own newest version",
          ErrorCode.RELEASE_REJECTED,
          "publish other data, or choose it yourself with `hydra pin`",
          ErrorCode.IN_USE,
          "`hydra instances` shows what is registered",
          ErrorCode.UNAUTHENTICATED,
          "say who you are: --token-file FILE, $HYDRA_TOKEN_FILE or `hydra context set NAME --token-file FILE`",
          ErrorCode.UNAVAILABLE,
          "try again in a moment");

  private Hints() {}

  static Optional<String> after(HydraException refused) {
    if (refused.code() == ErrorCode.UNKNOWN_CHANNEL) {
      return Optional.of(
          "create it: hydra channels create %s   (`hydra channels` lists those there are)"
              .formatted(refused.context().getOrDefault("channel", "ENV/NAMESPACE/NAME")));
    }
    return Optional.ofNullable(HINTS.get(refused.code()));
  }
}
