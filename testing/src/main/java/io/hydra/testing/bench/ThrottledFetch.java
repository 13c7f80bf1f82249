package io.hydra.testing.bench;

import io.hydra.testing.throttle.ThrottlingProxy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Tells how many requests of a fetch were refused, also where it failed; Docto's small dataset
 * among them.
 *
 * @param fetching by way of the throttle
 */
record ThrottledFetch(Fetching fetching, ThrottlingProxy throttle, Progress progress)
    implements Fetching {
  @Override
  public String title() {
    return fetching.title();
  }

  @Override
  public FetchSample fetch(FetchWork work, Path into) throws IOException, InterruptedException {
    var before = throttle.tally();
    try {
      return fetching.fetch(work, into);
    } finally {
      var asked = throttle.tally().since(before);
      progress.say(
          "%s, %s: %d requests answered, %d refused"
              .formatted(work.title(), title(), asked.passed(), asked.refused()));
    }
  }
}
