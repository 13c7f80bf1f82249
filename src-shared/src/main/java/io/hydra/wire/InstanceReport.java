package io.hydra.wire;

import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.ReleaseRef;
import java.util.Map;
import java.util.Optional;

/**
 * What an AppMan knows of its instance.
 *
 * @param epoch of the newest order that it has taken up; 0 when none
 * @param ready whether it takes traffic and load balancers had time to notice
 * @param serving the release it is on, or was on before it began to drain; empty when none
 * @param moving the release of the grant it is carrying out
 * @param released true from the moment the application has let go of the old release's data until
 *     it has loaded anew
 * @param loaded what the application says it has loaded
 * @param failed the release whose reload failed last, since which nothing newer succeeded
 * @param fault why it is not as desired
 */
public record InstanceReport(
    long epoch,
    InstanceState state,
    boolean ready,
    Optional<ReleaseRef> serving,
    Optional<ReleaseRef> moving,
    boolean released,
    Map<DatasetName, Digest> loaded,
    Optional<ReleaseRef> failed,
    Optional<Fault> fault) {
  public InstanceReport {
    loaded = Map.copyOf(loaded);
  }
}
