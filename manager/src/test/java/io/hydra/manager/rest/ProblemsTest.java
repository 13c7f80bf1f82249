package io.hydra.manager.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static ErrorCode code(Throwable failure) {
    return ((Problem) new Problems().unexpected(failure).getEntity()).code();
  }

  @Test
  void givenAClientThatIsGone_thenThatIsNoFailureOfTheManager() {
    var gone = new HttpClosedException("Connection was closed");

    assertThat(code(gone)).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(code(new IOException(gone))).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void givenAnythingElse_thenItIs() {
    assertThat(code(new IOException("no space left"))).isEqualTo(ErrorCode.INTERNAL);
  }
}
