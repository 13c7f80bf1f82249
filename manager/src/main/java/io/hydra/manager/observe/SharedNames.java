package io.hydra.manager.observe;

import io.hydra.manager.intern.Interner;
import io.hydra.model.ChannelId;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.DatasetReport;
import io.hydra.wire.NodeReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;

/**
 * Has reports that say the same of a dataset or channel share the objects that say it. Thousands of
 * nodes hold the same few datasets each, and most of a report is their names.
 */
@ApplicationScoped
public class SharedNames {
  private final Interner<DatasetReport> datasets = new Interner<>();
  private final Interner<ChannelId> channels = new Interner<>();
  private final Interner<ReleaseRef> releases = new Interner<>();

  /** An equal report. */
  public NodeReport in(NodeReport report) {
    var live = new HashMap<ChannelId, ReleaseRef>();
    report.live().forEach((channel, ref) -> live.put(channels.one(channel), releases.one(ref)));
    return new NodeReport(
        report.epoch(),
        report.settled(),
        report.disk(),
        report.ram(),
        report.datasets().stream().map(datasets::one).toList(),
        live);
  }
}
