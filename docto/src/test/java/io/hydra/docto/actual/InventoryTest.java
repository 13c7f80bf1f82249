package io.hydra.docto.actual;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.model.Digest;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Digest A = Digest.of("a".repeat(64));
  private static final Digest B = Digest.of("b".repeat(64));

  private final Inventory inventory = new Inventory();

  @Test
  void givenAnOperationOnOneOfSeveralContentsThenOneIsBusyUntilItEnds() {
    inventory.change(A, content -> content.withDisk(new DiskCopy.Staged(1, 1)));
    assertThat(inventory.anyBusy()).isFalse();

    inventory.change(B, content -> content.withRam(new RamCopy.Checking()));
    assertThat(inventory.anyBusy()).isTrue();

    inventory.change(B, content -> content.withRam(new RamCopy.Uncertain()));
    assertThat(inventory.anyBusy()).isFalse();
  }
}
