package io.hydra.appman.lifecycle;

import io.hydra.appman.lifecycle.InstanceLifecycle.Draining;
import io.hydra.appman.lifecycle.InstanceLifecycle.Reloading;
import io.hydra.appman.lifecycle.InstanceLifecycle.Serving;
import java.util.List;

/** What to do next, as data. */
public sealed interface Step {
  /** Nothing; all is as ordered, or a time is not up. */
  record Stay() implements Step {}

  /**
   * Data of the release is not on the node yet.
   *
   * @param missing which datasets, and where they are expected
   */
  record AwaitData(ReleaseSet release, List<String> missing) implements Step {
    public AwaitData {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Have {@code current} lead to the release, whose data is there, and wait for the application,
   * which does not answer: it may not start before it finds data.
   */
  record Offer(ReleaseSet release) implements Step {}

  /** The application does not answer, which is no reason to blame a release. */
  record AwaitApplication() implements Step {}

  /** Change the state, nothing else. */
  record Enter(InstanceLifecycle next) implements Step {}

  /** Have the application let go of its data. */
  record LetGo(Draining state) implements Step {}

  /** Switch, reload, check. */
  record Reload(Reloading state) implements Step {}

  /** Have the pod replaced by one that begins with the new data. */
  record Evict() implements Step {}

  /** Serve on: that the pod be replaced was refused a short time ago. */
  record Rest() implements Step {}

  /** Switch to a release of the same content, in full service. */
  record Relabel(Serving state, Move move) implements Step {}
}
