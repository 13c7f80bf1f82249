package io.hydra.model;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The publisher's data template, checked: which datasets a release has, where they come from and
 * where they are placed.
 *
 * @param entries at least one, in the author's order
 */
public record DataTemplate(List<Entry> entries) {
  /** Stands in a source path for the version. */
  public static final String PLACEHOLDER = "{VERSION_PLACEHOLDER}";

  private static final int MAX_DATASETS = 1000;

  private static final int MOST_MISTAKES = 20;

  /** A bucket's name, and a key of S3, which has at most 1,024 bytes. */
  private static final int LONGEST_PATH = 1200;

  /**
   * A dataset's name, its source path with at most one placeholder, and its placement.
   *
   * @param sourcePath {@link InlineFile#SOURCE} where its files stand here
   * @param inline those files
   */
  public record Entry(
      DatasetName name, String sourcePath, Placement placement, List<InlineFile> inline) {
    public Entry {
      inline = List.copyOf(inline);
    }

    /** Of files that lie elsewhere. */
    public Entry(DatasetName name, String sourcePath, Placement placement) {
      this(name, sourcePath, placement, List.of());
    }

    public boolean versioned() {
      return sourcePath.contains(PLACEHOLDER);
    }
  }

  /**
   * Checks all of a template and names every mistake at once.
   *
   * @throws HydraException {@code INVALID_TEMPLATE}
   */
  public static DataTemplate check(Map<String, TemplateDataset> written) {
    var mistakes = new ArrayList<String>();
    var entries = new ArrayList<Entry>();
    if (written.isEmpty()) {
      mistakes.add("the template names no dataset");
    }
    if (written.size() > MAX_DATASETS) {
      mistakes.add("the template names more than " + MAX_DATASETS + " datasets");
    }
    written.forEach(
        (name, dataset) -> {
          var inline = new InlineData(dataset.inline(), dataset.inlineBase64());
          var found = mistakesOf(dataset, inline);
          if (!found.isEmpty()) {
            found.forEach(
                mistake -> mistakes.add("dataset '" + Printable.of(name) + "' " + mistake));
            return;
          }
          try {
            entries.add(
                new Entry(
                    new DatasetName(name),
                    dataset.sourcePath().orElse(InlineFile.SOURCE),
                    dataset.placement().flatMap(Placement::parse).orElse(Placement.DISK),
                    inline.files()));
          } catch (HydraException badName) {
            mistakes.add(badName.detail());
          }
        });
    refuseTooMuchInline(entries, mistakes);
    if (!mistakes.isEmpty()) {
      throw new HydraException(ErrorCode.INVALID_TEMPLATE, sentence(mistakes));
    }
    return new DataTemplate(List.copyOf(entries));
  }

  /** So many that nobody would read them are not told. */
  private static String sentence(List<String> mistakes) {
    var told = String.join("; ", mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size())));
    return mistakes.size() > MOST_MISTAKES
        ? "%s; and %d more".formatted(told, mistakes.size() - MOST_MISTAKES)
        : told;
  }

  private static void refuseTooMuchInline(List<Entry> entries, List<String> mistakes) {
    long bytes =
        entries.stream()
            .flatMap(entry -> entry.inline().stream())
            .mapToLong(file -> file.bytes().length)
            .sum();
    if (bytes > InlineFile.MOST_BYTES) {
      mistakes.add(
          "the template's inline files have %d bytes, over the limit of %d; upload them and give a SourcePath"
              .formatted(bytes, InlineFile.MOST_BYTES));
    }
  }

  private static List<String> mistakesOf(TemplateDataset dataset, InlineData inline) {
    var mistakes = new ArrayList<>(inline.mistakes());
    dataset
        .unknown()
        .keySet()
        .forEach(key -> mistakes.add("has the unknown key '" + Printable.of(key) + "'"));
    dataset
        .placement()
        .filter(text -> Placement.parse(text).isEmpty())
        .ifPresent(
            text ->
                mistakes.add(
                    "has Placement '" + Printable.of(text) + "'; use DISK (0) or RAM (1)"));
    if (dataset.inline().isPresent() || dataset.inlineBase64().isPresent()) {
      if (dataset.sourcePath().isPresent()) {
        mistakes.add("has Inline and a SourcePath; give one of them");
      }
      return mistakes;
    }
    if (dataset.sourcePath().isEmpty() || dataset.sourcePath().get().isBlank()) {
      mistakes.add("has no SourcePath");
      return mistakes;
    }
    var path = dataset.sourcePath().get();
    if (!path.startsWith("s3://") && !path.startsWith("file:///")) {
      mistakes.add(
          "has SourcePath '" + Printable.of(path) + "'; it must begin with s3:// or file:///");
    }
    if (path.length() > LONGEST_PATH) {
      mistakes.add(
          "has a SourcePath of %d characters, over the limit of %d"
              .formatted(path.length(), LONGEST_PATH));
    }
    int first = path.indexOf(PLACEHOLDER);
    if (first >= 0 && path.indexOf(PLACEHOLDER, first + 1) >= 0) {
      mistakes.add("has " + PLACEHOLDER + " twice in its SourcePath");
    }
    return mistakes;
  }
}
