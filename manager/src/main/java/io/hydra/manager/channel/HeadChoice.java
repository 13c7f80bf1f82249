package io.hydra.manager.channel;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.Release;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.ScopeName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the release that somebody means who changes heads, or says why there is none.
 *
 * @param where the parts of the channel that are to be changed, the foremost first
 * @param scope that they are; empty for the whole channel
 */
record HeadChoice(Channel channel, List<HeadState> where, Optional<ScopeName> scope) {

  /**
   * To be promoted: a release that is staged or the head somewhere.
   *
   * @param version empty for the newest that is staged
   * @throws HydraException {@code UNKNOWN_RELEASE} where there is no such release, {@code
   *     RELEASE_REJECTED} where it was rejected, {@code INVALID_REQUEST} where it is older than the
   *     head
   */
  Release toPromote(Optional<ReleaseVersion> version) {
    var chosen =
        version.map(channel::release).or(this::newestStaged).orElseThrow(this::nothingStaged);
    long sequence = chosen.sequence();
    if (where.stream().noneMatch(state -> state.isStaged(sequence) || state.isHead(sequence))) {
      throw notStaged(chosen);
    }
    return chosen;
  }

  private Optional<Release> newestStaged() {
    return where.stream()
        .flatMap(state -> state.candidate(channel.releases()).stream())
        .max(Comparator.comparingLong(Release::sequence));
  }

  private HydraException nothingStaged() {
    return new HydraException(
        ErrorCode.UNKNOWN_RELEASE,
        "channel %s has no staged release%s"
            .formatted(channel.id(), scope.map(" in scope %s"::formatted).orElse("")),
        Map.of("channel", channel.id().toString()));
  }

  private HydraException notStaged(Release chosen) {
    var rejection = Optional.ofNullable(where.getFirst().rejected().get(chosen.sequence()));
    return rejection
        .map(
            r ->
                refusal(
                    ErrorCode.RELEASE_REJECTED,
                    chosen.version(),
                    "release %s of channel %s was rejected (%s); `hydra rollback --to %s%s` makes it the head nevertheless"
                        .formatted(
                            chosen.ref(), channel.id(), r.reason(), chosen.version(), option())))
        .orElseGet(
            () ->
                refusal(
                    ErrorCode.INVALID_REQUEST,
                    chosen.version(),
                    "release %s of channel %s is older than the head; `hydra rollback --to %s%s` goes back to it"
                        .formatted(chosen.ref(), channel.id(), chosen.version(), option())));
  }

  /**
   * To be gone back to, or forward where it was rejected.
   *
   * @param to empty for the newest release before the head that was the head before and was not
   *     rejected
   * @throws HydraException {@code UNKNOWN_RELEASE} where there is none to go to, {@code
   *     INVALID_REQUEST} where it is the head, or newer and was not rejected
   */
  long toGoBackTo(Optional<ReleaseVersion> to) {
    var state = where.getFirst();
    return to.map(version -> chosen(state, version)).orElseGet(() -> previous(state));
  }

  private long chosen(HeadState state, ReleaseVersion version) {
    long sequence = channel.release(version).sequence();
    if (state.rejected().containsKey(sequence)
        || (state.isHeadOrOlder(sequence) && !state.isHead(sequence))) {
      return sequence;
    }
    if (state.isHead(sequence)) {
      throw refusal(
          ErrorCode.INVALID_REQUEST,
          version,
          "release %s is the head of %s already"
              .formatted(
                  version,
                  scope.map("scope %s of channel "::formatted).orElse("channel ") + channel.id()));
    }
    throw refusal(
        ErrorCode.INVALID_REQUEST,
        version,
        "release %s is neither older than the head of channel %s nor rejected%s"
            .formatted(
                version,
                channel.id(),
                state.isStaged(sequence)
                    ? "; it is staged: `hydra promote %s%s`".formatted(version, option())
                    : ""));
  }

  private long previous(HeadState state) {
    long from = state.head().orElseThrow(() -> nowhere("no release to roll back from"));
    return state
        .newestGoodBefore(from, channel.releases())
        .orElseThrow(() -> nowhere("no earlier release that was not rejected"));
  }

  private HydraException nowhere(String why) {
    return new HydraException(
        ErrorCode.UNKNOWN_RELEASE, "channel %s has %s".formatted(channel.id(), why));
  }

  /** Of the command line, which is told what to do instead. */
  private String option() {
    return scope.map(" --scope %s"::formatted).orElse("");
  }

  private HydraException refusal(ErrorCode code, ReleaseVersion version, String detail) {
    return new HydraException(
        code, detail, Map.of("channel", channel.id().toString(), "version", version.value()));
  }
}
