package io.hydra.manager.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.reconcile.FakeStore;
import io.hydra.manager.reconcile.RelayingStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermTest {
  private final FakeStore store = new FakeStore();

  @Test
  void anEpochOfALostLeadIsSurpassed() {
    var term = new Term(store);
    long obeyed = (7L << 32) + 5;

    assertThat(term.raiseAbove(obeyed)).isTrue();

    assertThat(term.next()).isGreaterThan(obeyed);
    assertThat(new Term(store).epoch()).isGreaterThan(term.epoch());
  }

  @Test
  void anEpochThatIsNotNewerChangesNothing() {
    var term = new Term(store);
    long epoch = term.next();
    int commits = store.commits();

    assertThat(term.raiseAbove(epoch)).isTrue();

    assertThat(term.epoch()).isEqualTo(epoch);
    assertThat(store.commits()).isEqualTo(commits);
  }

  @Test
  void whoWasDeposedDoesNotRaiseItselfAboveItsSuccessor() {
    var deposed = new Term(store);
    var successor = new Term(store);

    assertThat(deposed.raiseAbove(successor.next())).isFalse();

    assertThat(deposed.epoch()).isLessThan(successor.epoch());
  }

  @Test
  void aTermWhoseWritingWasNotAnsweredDoesNotKeepTheNextOneFromBeingWritten() {
    var deaf = new DeafStore();
    var term = new Term(deaf);
    deaf.isDeaf = true;
    assertThatThrownBy(() -> term.raiseAbove(7L << 32)).isInstanceOf(HydraException.class);
    deaf.isDeaf = false;

    assertThat(term.raiseAbove(9L << 32)).isTrue();

    assertThat(term.epoch()).isGreaterThan(9L << 32);
    assertThat(new Term(deaf).epoch()).isGreaterThan(term.epoch());
  }

  @Test
  void nonsenseDoesNotUseTheTermsUp() {
    var term = new Term(store);
    long epoch = term.epoch();

    assertThat(term.raiseAbove(Long.MAX_VALUE)).isFalse();

    assertThat(term.epoch()).isEqualTo(epoch);
  }

  /** Does what it is told, and does not say so. */
  private static final class DeafStore extends RelayingStore {
    private boolean isDeaf;

    @Override
    public Outcome commit(List<Operation> operations) {
      var outcome = super.commit(operations);
      if (isDeaf) {
        throw new HydraException(ErrorCode.UNAVAILABLE, "the answer is lost");
      }
      return outcome;
    }
  }
}
