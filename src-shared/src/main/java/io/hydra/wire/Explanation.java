package io.hydra.wire;

import java.util.List;

/**
 * Why a release is or is not somewhere.
 *
 * @param subject what was asked about
 * @param verdict one sentence
 * @param reasons what led to it, the deciding one first
 */
public record Explanation(String subject, String verdict, List<String> reasons) {
  public Explanation {
    reasons = List.copyOf(reasons);
  }
}
