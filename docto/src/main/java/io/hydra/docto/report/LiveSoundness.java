package io.hydra.docto.report;

import io.hydra.docto.actual.Content;
import io.hydra.docto.actual.Damage;
import io.hydra.docto.actual.Inventory;
import io.hydra.docto.desired.DesiredState;
import io.hydra.docto.place.LiveFiles;
import io.hydra.docto.retention.Retention;
import io.hydra.model.Digest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether what is live on this node is what was published. */
@Singleton
final class LiveSoundness {
  private final LiveFiles live;
  private final Inventory inventory;
  private final DesiredState desired;

  LiveSoundness(LiveFiles live, Inventory inventory, DesiredState desired) {
    this.live = live;
    this.inventory = inventory;
    this.desired = desired;
  }

  /** Contents that live files name, and what was found wrong in them, until they are whole. */
  Map<Digest, String> corrupt() {
    var inRam = desired.newest().map(order -> Retention.of(order).ram()).orElse(Set.of());
    var corrupt = new TreeMap<Digest, String>();
    for (var digest : live.contents()) {
      damage(inventory.get(digest), inRam.contains(digest))
          .ifPresent(sentence -> corrupt.put(digest, sentence));
    }
    return corrupt;
  }

  /** A copy in RAM that nothing wants any more is not made whole, and need not be. */
  private static Optional<String> damage(Content content, boolean inRam) {
    var damage = content.damage();
    return new Damage(damage.onDisk(), damage.inRam().filter(_ -> inRam)).sentence();
  }
}
