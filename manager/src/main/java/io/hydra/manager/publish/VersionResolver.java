package io.hydra.manager.publish;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.DataTemplate;
import io.hydra.model.DataTemplate.Entry;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.VersionScheme;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Fills the placeholders of a template with versions that lie on the source. */
@ApplicationScoped
class VersionResolver {
  /**
   * How many newest names are tried before a dataset counts as missing: a version being uploaded
   * may lack its file still.
   */
  private static final int MAX_CANDIDATES = 20;

  private final Sources sources;

  VersionResolver(Sources sources) {
    this.sources = sources;
  }

  /** Each dataset with the newest version that it has. */
  List<Resolved> newest(DataTemplate template, VersionScheme scheme) {
    return DatasetFailures.collect(
        template.entries(),
        Entry::name,
        entry -> entry.versioned() ? filled(entry, newestOf(entry, scheme)) : unversioned(entry));
  }

  /** Each dataset with this version. */
  List<Resolved> exactly(DataTemplate template, ReleaseVersion version, VersionScheme scheme) {
    if (scheme.parse(version.value()).isEmpty()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "version '%s' is not written as the channel's scheme %s demands"
              .formatted(version, scheme));
    }
    return DatasetFailures.collect(
        template.entries(),
        Entry::name,
        entry -> entry.versioned() ? filled(entry, existing(entry, version)) : unversioned(entry));
  }

  /**
   * All datasets with the newest version that each of them has.
   *
   * @throws HydraException {@code NO_COMMON_VERSION} naming the newest version of each
   */
  List<Resolved> same(DataTemplate template, VersionScheme scheme) {
    var versioned = template.entries().stream().filter(Entry::versioned).toList();
    if (versioned.isEmpty()) {
      return newest(template, scheme);
    }
    var offers = DatasetFailures.collect(versioned, Entry::name, entry -> offersOf(entry, scheme));
    var common = new LinkedHashSet<>(offers.getFirst());
    offers.forEach(offer -> common.retainAll(Set.copyOf(offer)));
    var chosen =
        common.stream()
            .limit(MAX_CANDIDATES)
            .filter(v -> versioned.stream().allMatch(e -> exists(e, v)))
            .findFirst()
            .orElseThrow(() -> noCommon(versioned, scheme));
    return exactly(template, chosen, scheme);
  }

  private HydraException noCommon(List<Entry> entries, VersionScheme scheme) {
    var newest = DatasetFailures.collect(entries, Entry::name, entry -> newestOf(entry, scheme));
    var told = new ArrayList<String>();
    for (int i = 0; i < entries.size(); i++) {
      told.add("dataset '%s' has %s".formatted(entries.get(i).name(), newest.get(i)));
    }
    return new HydraException(
        ErrorCode.NO_COMMON_VERSION,
        "no version exists for every dataset; the newest are: " + String.join(", ", told),
        Map.of(
            "dataset",
            entries.stream().map(e -> e.name().value()).collect(Collectors.joining(","))));
  }

  /** Newest first; at least one. */
  private List<ReleaseVersion> offersOf(Entry entry, VersionScheme scheme) {
    var pattern = SourcePattern.of(entry.sourcePath());
    var offers =
        sources.of(entry.sourcePath()).versions(pattern, scheme).stream()
            .sorted(Comparator.comparing((ReleaseVersion v) -> v, scheme::compare).reversed())
            .toList();
    if (offers.isEmpty()) {
      throw new HydraException(
          ErrorCode.SOURCE_MISSING,
          "no version of the scheme %s lies at %s".formatted(scheme, entry.sourcePath()));
    }
    return offers;
  }

  private ReleaseVersion newestOf(Entry entry, VersionScheme scheme) {
    var offers = offersOf(entry, scheme);
    return offers.stream()
        .limit(MAX_CANDIDATES)
        .filter(version -> exists(entry, version))
        .findFirst()
        .orElseThrow(
            () ->
                new HydraException(
                    ErrorCode.SOURCE_MISSING,
                    "versions lie at %s, but none of the newest holds the file (tried %s)"
                        .formatted(entry.sourcePath(), brief(offers))));
  }

  private static String brief(List<ReleaseVersion> offers) {
    return offers.stream().limit(3).map(ReleaseVersion::value).collect(Collectors.joining(", "));
  }

  private ReleaseVersion existing(Entry entry, ReleaseVersion version) {
    if (!exists(entry, version)) {
      throw new HydraException(
          ErrorCode.SOURCE_MISSING,
          "no file lies at " + SourcePattern.of(entry.sourcePath()).fill(version));
    }
    return version;
  }

  private boolean exists(Entry entry, ReleaseVersion version) {
    return sources
        .of(entry.sourcePath())
        .exists(SourcePattern.of(entry.sourcePath()).fill(version));
  }

  private static Resolved filled(Entry entry, ReleaseVersion version) {
    return new Resolved(
        entry, SourcePattern.of(entry.sourcePath()).fill(version), Optional.of(version));
  }

  private static Resolved unversioned(Entry entry) {
    return new Resolved(entry, entry.sourcePath(), Optional.empty());
  }
}
