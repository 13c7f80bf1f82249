package io.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
  private final Path path;

  TokenFileTest(@TempDir Path directory) {
    path = directory.resolve("token");
  }

  @Test
  void givenATokenThatIsRenewed_thenTheNewOneIsRead() throws IOException {
    var file = new TokenFile("hydra.manager.token-file", path);
    Files.writeString(path, "first\n");
    assertThat(file.token()).isEqualTo("first");

    Files.writeString(path, "second");
    assertThat(file.token()).isEqualTo("second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "two words", "a\nb", "ü"})
  void givenWhatIsNoToken_thenThatIsSaid_andItsContentIsNot(String content) throws IOException {
    Files.writeString(path, content);

    assertThatThrownBy(() -> new TokenFile("--token-file", path).token())
        .isInstanceOfSatisfying(
            HydraException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
        .hasMessage("--token-file: %s: it holds no token", path);
  }

  @Test
  void givenNoFile_thenThatIsSaid() {
    assertThatThrownBy(() -> new TokenFile("--token-file", path).token())
        .hasMessage("--token-file: %s: there is no such file", path);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, false",
    "http://localhost:8080, false",
    "http://[::1]:8080, false",
    "https://hydra.example, false",
    "http://10.0.0.1:8080, true",
    "HTTP://10.0.0.1:8080, true"
  })
  void givenAnAddress_thenItIsKnownWhetherOthersCouldReadTheToken(URI address, boolean open) {
    assertThat(TokenFile.isOpenTo(address)).isEqualTo(open);
  }
}
