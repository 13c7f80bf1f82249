package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrdersHeardTest {
  private static final long OLD = 5L << 32;
  private static final long NEW = 6L << 32;

  private final OrdersHeard orders = new OrdersHeard();

  @Test
  void givenOrdersOfOneLeaderAndThenOfAnother_thenNothingIsWrong() {
    orders.heard("a", 1, 2, OLD + 7);
    orders.heard("b", 1, 3, OLD + 6);
    orders.heard("a", 4, 5, NEW);
    assertThat(orders.violation()).isEmpty();
    assertThat(orders.leaders()).isEqualTo(2);
  }

  @Test
  void givenAnOrderThatWasAskedForBeforeTheNewLeaderWasHeard_thenNothingIsWrong() {
    orders.heard("a", 1, 5, NEW);
    orders.heard("b", 4, 8, OLD);
    assertThat(orders.violation()).isEmpty();
  }

  @Test
  void givenAnOrderOfADeposedLeaderThatWasAskedForAfterwards_thenThatIsFound() {
    orders.heard("a", 1, 5, NEW);
    orders.heard("b", 6, 8, OLD + 100);
    assertThat(orders.violation()).isPresent();
  }
}
