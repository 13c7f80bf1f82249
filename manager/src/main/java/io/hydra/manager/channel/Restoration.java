package io.hydra.manager.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.api.StateApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore;
import io.hydra.model.ChannelId;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.Scope;
import io.hydra.wire.ChannelState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Brings back what another manager had: manifests first, then the releases that refer to them, then
 * their channel, with its numbers as they were. The same again changes nothing, so that a
 * restoration that broke off is begun anew.
 */
@ApplicationScoped
public class Restoration {
  private static final Logger LOG = Logger.getLogger(Restoration.class);

  /** Of 300 KiB each: a manifest of some millions of files. */
  private static final int MAX_PARTS = 10_000;

  private final Channels channels;
  private final ObjectMapper mapper;
  private final ChannelArchive archive;
  private final ManifestArchive manifests;

  public Restoration(Channels channels, ChannelStore store, ObjectMapper mapper) {
    var compression = new Compression(mapper);
    this.channels = channels;
    this.mapper = mapper;
    this.archive = new ChannelArchive(store, compression);
    this.manifests = new ManifestArchive(store, compression);
  }

  /**
   * @throws HydraException {@code UNKNOWN_CHANNEL}, {@code UNKNOWN_ENVIRONMENT}; {@code
   *     UNAVAILABLE} where it is not known to be the newest, as a copy has to be
   */
  public ChannelState state(ChannelId id) {
    requireNewest();
    return new ChannelState(mapper.valueToTree(ChannelDocument.of(channels.require(id).channel())));
  }

  /**
   * @throws HydraException {@code UNKNOWN_RELEASE}, {@code UNKNOWN_CHANNEL}, {@code
   *     UNKNOWN_ENVIRONMENT}
   */
  public Release release(ChannelId id, long sequence) {
    return channels
        .require(id)
        .channel()
        .release(sequence)
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.UNKNOWN_RELEASE,
                    "channel %s has no release number %d".formatted(id, sequence),
                    Map.of("channel", id.toString())));
  }

  /**
   * @throws HydraException {@code INVALID_REQUEST} where the state contradicts itself, {@code
   *     UNKNOWN_RELEASE} and {@code UNKNOWN_MANIFEST} where something was not sent before, {@code
   *     CONFLICT} where the channel has another state
   */
  public void restore(ChannelId id, ChannelState state) {
    var document = read(state);
    if (!document.id().equals(id)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "the path names channel %s, the body %s".formatted(id, document.id()));
    }
    if (isThere(document)) {
      return;
    }
    var channel = archive.complete(document);
    requireSound(channel);
    takeUpManifests(channel);
    if (!archive.restore(document) && !isThere(document)) {
      throw conflict(id);
    }
    channels.catchUp();
    LOG.infof("restored channel=%s releases=%d", id, channel.releases().size());
  }

  /** Of no effect where its channel is there. */
  public void restore(Release release) {
    find(release.channel()).ifPresentOrElse(there -> {}, () -> archive.restore(release));
  }

  /**
   * @param part counted from 0
   */
  public void restorePart(Digest digest, int part, byte[] content) {
    if (part < 0 || part >= MAX_PARTS || content.length > StateApi.MAX_PART_BYTES) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "a manifest has at most %d parts of at most %d bytes"
              .formatted(MAX_PARTS, StateApi.MAX_PART_BYTES));
    }
    if (!manifests.takeUp(digest)) {
      manifests.putPart(digest, part, content);
    }
  }

  /**
   * All parts were sent.
   *
   * @throws HydraException {@code INVALID_REQUEST} where they are not the manifest of that digest
   */
  public void restoreManifest(Digest digest, int parts) {
    if (parts < 1 || parts > MAX_PARTS) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST, "a manifest has 1 to %d parts".formatted(MAX_PARTS));
    }
    manifests.complete(digest, parts);
  }

  private void requireNewest() {
    if (!channels.catchUp()) {
      throw new HydraException(
          ErrorCode.UNAVAILABLE,
          "the store does not answer, so this manager may not have the newest state to copy");
    }
  }

  private ChannelDocument read(ChannelState state) {
    try {
      return whole(mapper.treeToValue(state.content(), ChannelDocument.class));
    } catch (JsonProcessingException e) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST, "this is no channel's state: " + e.getOriginalMessage(), e);
    }
  }

  /** JSON may leave out what the record's type promises. */
  private static ChannelDocument whole(ChannelDocument document) {
    boolean lacks =
        Stream.of(
                    Optional.ofNullable(document.id()),
                    Optional.ofNullable(document.releases()),
                    Optional.ofNullable(document.rejected()),
                    Optional.ofNullable(document.idempotency()))
                .anyMatch(Optional::isEmpty)
            || Stream.concat(document.releases().stream(), document.idempotency().stream())
                .anyMatch(Objects::isNull);
    if (lacks) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "this is no channel's state: it lacks id, releases, rejected or idempotency");
    }
    return document;
  }

  /** False where there is no such channel. */
  private boolean isThere(ChannelDocument document) {
    channels.catchUp();
    var known = find(document.id()).map(ChannelDocument::of);
    if (known.filter(other -> !other.equals(document)).isPresent()) {
      throw conflict(document.id());
    }
    return known.isPresent();
  }

  /** Refuses environments that this manager does not serve. */
  private Optional<Channel> find(ChannelId id) {
    try {
      return Optional.of(channels.require(id).channel());
    } catch (HydraException absent) {
      if (absent.code() == ErrorCode.UNKNOWN_CHANNEL) {
        return Optional.empty();
      }
      throw absent;
    }
  }

  private void takeUpManifests(Channel channel) {
    channel.releases().stream()
        .flatMap(release -> release.datasets().stream())
        .map(ReleaseDataset::digest)
        .distinct()
        .filter(digest -> !manifests.takeUp(digest))
        .findFirst()
        .ifPresent(
            digest -> {
              throw new HydraException(
                  ErrorCode.UNKNOWN_MANIFEST,
                  "channel %s refers to manifest %s, which is not there"
                      .formatted(channel.id(), digest.brief()),
                  Map.of("channel", channel.id().toString(), "digest", digest.hex()));
            });
  }

  private static void requireSound(Channel channel) {
    long last = channel.newest().map(Release::sequence).orElse(0L);
    boolean known =
        channel
            .heads()
            .all()
            .flatMap(state -> Stream.of(state.head(), state.pin()))
            .flatMap(Optional::stream)
            .allMatch(sequence -> channel.release(sequence).isPresent());
    var named = channel.scopeSettings().stream().map(Scope::name).collect(Collectors.toSet());
    if (!known
        || last > channel.lastSequence()
        || !channel.heads().scopes().keySet().equals(named)) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "the state of channel %s contradicts itself: heads and pins have to be releases of its, none numbered higher than its last, and each of its scopes has to have them"
              .formatted(channel.id()));
    }
  }

  private static HydraException conflict(ChannelId id) {
    return new HydraException(
        ErrorCode.CONFLICT,
        "channel %s is there already, with another state; delete it first if this one shall be restored"
            .formatted(id),
        Map.of("channel", id.toString()));
  }
}
