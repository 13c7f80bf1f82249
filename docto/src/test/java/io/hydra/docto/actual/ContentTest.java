package io.hydra.docto.actual;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.model.Digest;
import io.hydra.wire.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final Digest A = Digest.of("a".repeat(64));
  private static final DiskCopy READY = new DiskCopy.Ready(CommittedContent.of(A, List.of()));
  private static final Content PLACED =
      Content.absent(A).withDisk(READY).withRam(new RamCopy.Ready());

  @Test
  void givenDamageOnDiskThenItIsAFaultUntilTheContentIsWholeAgain() {
    var damaged = PLACED.withDisk(new DiskCopy.Damaged("file 'x' is missing"));
    var withdrawn = damaged.withDisk(new DiskCopy.Evicting()).withDisk(new DiskCopy.Absent());
    var coming = withdrawn.withDisk(new DiskCopy.Fetching(0, 9)).received(9);

    assertThat(damaged.fault()).contains(failed("file 'x' is missing"));
    assertThat(withdrawn.fault()).contains(failed("on disk: file 'x' is missing"));
    assertThat(coming.fault()).contains(failed("on disk: file 'x' is missing"));
    assertThat(coming.withDisk(new DiskCopy.Verifying(9)).withDisk(READY))
        .isEqualTo(PLACED.received(9));
  }

  @Test
  void givenWhatIsInItsWayThenThatIsTheFault() {
    var gone = new Fault(ErrorCode.SOURCE_MISSING, "s3://b/x is not there");
    var withdrawn =
        PLACED
            .withDisk(new DiskCopy.Damaged("x"))
            .withDisk(new DiskCopy.Absent())
            .withSetback(new Setback(gone, 1, Instant.EPOCH));

    assertThat(withdrawn.fault()).contains(gone);
    assertThat(withdrawn.damage().onDisk()).contains("x");
  }

  @Test
  void givenDamageInRamThenItIsAFaultUntilTheCopyIsWholeAgain() {
    var damaged = PLACED.withRam(new RamCopy.Damaged("file 'x' is wrong"));
    var mending = damaged.withRam(new RamCopy.Mending());

    assertThat(damaged.fault()).contains(failed("in RAM: file 'x' is wrong"));
    assertThat(mending.fault()).contains(failed("in RAM: file 'x' is wrong"));
    assertThat(mending.withRam(new RamCopy.Ready())).isEqualTo(PLACED);
  }

  @Test
  void givenDamageInRamThatIsNotWantedAnyMoreThenItIsNoFault() {
    var evicted = PLACED.withRam(new RamCopy.Damaged("x")).withRam(new RamCopy.Absent());

    assertThat(evicted.fault()).isEmpty();
  }

  @Test
  void givenDamageOfBothThenOneDoesNotHideTheOther() {
    var both = PLACED.withRam(new RamCopy.Damaged("r")).withDisk(new DiskCopy.Damaged("d"));

    assertThat(both.damage().sentence()).contains("on disk: d; in RAM: r");
    assertThat(both.withDisk(READY).damage())
        .isEqualTo(new Damage(Optional.empty(), Optional.of("r")));
  }

  @Test
  void givenDamageOfAnEarlierRunThenItHoldsUntilTheContentIsWhole() {
    var found = Content.absent(A).withDisk(new DiskCopy.Uncertain()).rememberingDamageOnDisk("d");

    assertThat(found.withDisk(new DiskCopy.Checking()).fault()).contains(failed("on disk: d"));
    assertThat(found.withDisk(READY).fault()).isEmpty();
  }

  @Test
  void givenItIsRemovedForGoodThenItsDamageIsForgotten() {
    var both = PLACED.withRam(new RamCopy.Damaged("r")).withDisk(new DiskCopy.Damaged("d"));

    assertThat(both.forgettingDamage().damage().sentence()).contains("in RAM: r");
    assertThat(both.withRam(new RamCopy.Absent()).forgettingDamage().damage())
        .isEqualTo(Damage.NONE);
  }

  private static Fault failed(String detail) {
    return new Fault(ErrorCode.VERIFICATION_FAILED, detail);
  }
}
