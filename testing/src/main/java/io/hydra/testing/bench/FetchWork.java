package io.hydra.testing.bench;

import io.hydra.testing.s3.Uploads.Generated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Files of one size that are fetched as one dataset.
 *
 * @param files how many
 * @param fileBytes size of each
 */
record FetchWork(int files, long fileBytes) {
  private static final Pattern TEXT =
      Pattern.compile("(?:([1-9]\\d{0,5})x)?([1-9]\\d{0,5})([KMG])iB");
  private static final long MIB = 1 << 20;
  private static final int FILES_IN_DIRECTORY = 500;
  private static final int SEEDS_OF_ONE = 10_000;

  /** What is asked of the wall time and the processor time of one such work. */
  record Goals(Goal wall, Goal processor) {}

  /**
   * @param text such as {@code 4GiB} or {@code 20000x16KiB}
   * @throws IllegalArgumentException with a sentence for people
   */
  static FetchWork parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "work '%s' must be such as 4GiB or 20000x16KiB".formatted(text));
    }
    int count = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
    return new FetchWork(count, Long.parseLong(parts.group(2)) * unit(parts.group(3)));
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "G" -> MIB << 10;
      case "M" -> MIB;
      default -> MIB >> 10;
    };
  }

  /** For people: {@code 20,000 x 16 KiB}. */
  String title() {
    return String.format(Locale.ROOT, "%,d x %s", files, size(" "));
  }

  /** Of a directory: {@code 20000x16KiB}. */
  String name() {
    return "%dx%s".formatted(files, size(""));
  }

  private String size(String gap) {
    if (fileBytes % (MIB << 10) == 0) {
      return (fileBytes >> 30) + gap + "GiB";
    }
    return fileBytes % MIB == 0 ? (fileBytes >> 20) + gap + "MiB" : (fileBytes >> 10) + gap + "KiB";
  }

  long bytes() {
    return files * fileBytes;
  }

  /** Below which its objects lie in the bucket. */
  String prefix() {
    return name() + "/";
  }

  List<Generated> objects() {
    var objects = new ArrayList<Generated>();
    for (int i = 0; i < files; i++) {
      var key = "%s%03d/part-%06d".formatted(prefix(), i / FILES_IN_DIRECTORY, i);
      objects.add(new Generated(key, fileBytes, (long) i * SEEDS_OF_ONE));
    }
    return objects;
  }

  /** Whether removing what was fetched would slow down whoever makes files soon after. */
  boolean isKeptToTheEnd() {
    return files >= 5000;
  }

  /** By the size of its files: large, middle or small. */
  Goals goals() {
    if (files == 1) {
      return new Goals(Goal.atLeast(1.4), Goal.atMost(0.45));
    }
    return fileBytes >= MIB
        ? new Goals(Goal.atLeast(1.3), Goal.atMost(0.5))
        : new Goals(Goal.atLeast(2), Goal.atMost(0.35));
  }
}
