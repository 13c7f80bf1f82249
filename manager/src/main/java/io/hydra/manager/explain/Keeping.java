package io.hydra.manager.explain;

import io.hydra.manager.assign.Inventory;
import io.hydra.manager.assign.NodeContribution;
import io.hydra.model.Digest;
import io.hydra.model.Release;
import io.hydra.model.ReleaseDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.CopyState;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a node keeps what it has of a release.
 *
 * @param own what the release's channel wants of the node
 * @param tenants the channel's instances there
 * @param others what other channels want of the node
 */
record Keeping(
    Release release,
    NodeContribution own,
    List<InstanceView> tenants,
    Collection<NodeContribution> others) {

  /** Empty where nothing of it is there. */
  List<String> reasons(Inventory inventory) {
    var there = release.datasets().stream().filter(dataset -> isThere(inventory, dataset)).toList();
    if (there.isEmpty()) {
      return List.of();
    }
    var reasons = new ArrayList<String>();
    own.live()
        .filter(release::equals)
        .ifPresent(
            _ -> reasons.add("it is the last good release there, to which instances return"));
    tenants.stream().filter(this::uses).forEach(tenant -> reasons.add(use(tenant)));
    there.forEach(dataset -> why(dataset).ifPresent(reasons::add));
    return reasons;
  }

  private static boolean isThere(Inventory inventory, ReleaseDataset dataset) {
    return inventory.disk(dataset.digest()) != CopyState.ABSENT
        || inventory.ram(dataset.digest()) != CopyState.ABSENT;
  }

  private boolean uses(InstanceView tenant) {
    return tenant
        .report()
        .filter(report -> (isIt(report.serving()) && !report.released()) || isIt(report.moving()))
        .isPresent();
  }

  private boolean isIt(Optional<ReleaseRef> ref) {
    return ref.filter(release.ref()::equals).isPresent();
  }

  private String use(InstanceView tenant) {
    var verb =
        isIt(tenant.report().flatMap(InstanceReport::serving)) ? "has it loaded" : "loads it";
    return "instance %s %s".formatted(tenant.registration().id(), verb);
  }

  private Optional<String> why(ReleaseDataset dataset) {
    long strangers = others.stream().filter(other -> wants(other, dataset.digest())).count();
    if (strangers > 0) {
      return Optional.of(
          "dataset %s is wanted there by %s, too"
              .formatted(
                  dataset.name(),
                  strangers == 1 ? "another channel" : strangers + " other channels"));
    }
    if (retained().contains(dataset.digest())) {
      return Optional.of(
          "the channel keeps dataset %s there for a way back, as long as there is room"
              .formatted(dataset.name()));
    }
    return wants(own, dataset.digest())
        ? Optional.empty()
        : Optional.of(
            "nobody wants dataset %s there any more; it goes with the node's next order"
                .formatted(dataset.name()));
  }

  private Set<Digest> retained() {
    return own.retain().stream().collect(Collectors.toSet());
  }

  private static boolean wants(NodeContribution contribution, Digest digest) {
    return contribution.isAbout(Set.of(digest));
  }
}
