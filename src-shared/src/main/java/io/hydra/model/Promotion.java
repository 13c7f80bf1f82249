package io.hydra.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Printable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * When a published release becomes its channel's head. Until then it is staged: nodes fetch and
 * verify it, and consumers stay where they are. Written {@code immediate}, {@code manual}, or
 * {@code verified(QUORUM)} with a number of nodes or a percentage of them; {@code verified} alone
 * is {@code verified(100%)}.
 *
 * @param amount of nodes that must have verified it; counts with {@link When#VERIFIED} only
 * @param percent whether the amount is a percentage of the nodes that shall hold it
 */
public record Promotion(When when, int amount, boolean percent) {
  private static final Pattern SHAPE =
      Pattern.compile("(immediate|manual)|verified(?:\\((\\d{1,6})(%?)\\))?");

  /** What it waits for. */
  public enum When {
    /** Nothing. */
    IMMEDIATE,
    /** Enough of the nodes that shall hold it have verified it. */
    VERIFIED,
    /** A person says so. */
    MANUAL
  }

  public static final Promotion IMMEDIATE = new Promotion(When.IMMEDIATE, 0, false);
  public static final Promotion MANUAL = new Promotion(When.MANUAL, 0, false);

  public Promotion {
    if (when == When.VERIFIED && (amount < 1 || (percent && amount > 100))) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "promotion: a quorum must be at least 1 node, or 1% to 100% of them");
    }
  }

  /**
   * @throws HydraException {@code INVALID_REQUEST} for anything that is no promotion
   */
  @JsonCreator
  public static Promotion parse(String text) {
    var match = SHAPE.matcher(text.strip());
    if (!match.matches()) {
      throw new HydraException(
          ErrorCode.INVALID_REQUEST,
          "promotion '%s' must be immediate, verified(QUORUM) or manual, with a quorum such as 3 or 50%%"
              .formatted(Printable.of(text)));
    }
    if (match.group(1) != null) {
      return new Promotion(When.valueOf(match.group(1).toUpperCase(Locale.ROOT)), 0, false);
    }
    return match.group(2) == null
        ? new Promotion(When.VERIFIED, 100, true)
        : new Promotion(When.VERIFIED, Integer.parseInt(match.group(2)), !match.group(3).isEmpty());
  }

  /**
   * The number of nodes that must have verified a release, of {@code total}: a percentage is
   * rounded up; never more than there are, and at least one.
   */
  public int quorumOf(int total) {
    long wanted = percent ? ((long) total * amount + 99) / 100 : amount;
    return (int) Math.max(1, Math.min(total, wanted));
  }

  @Override
  @JsonValue
  public String toString() {
    return when == When.VERIFIED
        ? "verified(%d%s)".formatted(amount, percent ? "%" : "")
        : when.name().toLowerCase(Locale.ROOT);
  }
}
