package io.hydra.docto.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final RetryBudget budget = new RetryBudget(2);

  @Test
  void givenNothingArrivesThenItIsUsedUp() {
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  @Test
  void givenPartsThatArriveAfterSeveralAttemptsThenEachPaysForOne() {
    use();
    budget.giveBack(3);

    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  @Test
  void givenFivePartsThatArriveAtOnceThenTheyPayForOne() {
    use();
    for (int i = 0; i < 5; i++) {
      assertThat(budget.take()).isFalse();
      budget.giveBack(1);
    }

    assertThat(budget.take()).isTrue();
  }

  @Test
  void givenManyPartsThatArriveThenItIsNotMoreThanAtTheBeginning() {
    for (int i = 0; i < 1000; i++) {
      budget.giveBack(2);
    }
    use();

    assertThat(budget.take()).isFalse();
  }

  private void use() {
    budget.take();
    budget.take();
  }
}
