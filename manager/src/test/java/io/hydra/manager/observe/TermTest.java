package io.hydra.manager.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.manager.reconcile.FakeStore;
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
  void nonsenseDoesNotUseTheTermsUp() {
    var term = new Term(store);
    long epoch = term.epoch();

    assertThat(term.raiseAbove(Long.MAX_VALUE)).isFalse();

    assertThat(term.epoch()).isEqualTo(epoch);
  }
}
