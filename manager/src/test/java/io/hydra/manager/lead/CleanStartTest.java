package io.hydra.manager.lead;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;

class CleanStartTest {

  @Test
  void givenARefusalInsideTheContainersExceptionThenOneLine() {
    var refusal = new HydraException(ErrorCode.UNAVAILABLE, "in use", new IllegalStateException());

    assertThatThrownBy(
            () ->
                CleanStart.run(
                    () -> {
                      throw new IllegalStateException("cannot make the bean", refusal);
                    }))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("hydra-manager: UNAVAILABLE: in use")
        .hasNoCause();
  }

  @Test
  void givenABugThenItIsNotHidden() {
    var bug = new NullPointerException("a bug");

    assertThatThrownBy(
            () ->
                CleanStart.run(
                    () -> {
                      throw bug;
                    }))
        .isSameAs(bug);
  }
}
