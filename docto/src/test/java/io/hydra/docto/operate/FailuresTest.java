package io.hydra.docto.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.error.ErrorCode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "No space left on device, INSUFFICIENT_SPACE, make room",
    "Disk quota exceeded, INSUFFICIENT_SPACE, make room",
    "Read-only file system, STORAGE_FAILED, mount it writable",
    "Input/output error, STORAGE_FAILED, mend or replace it"
  })
  void givenWhatTheSystemSaysThenTheFaultNamesWhereAndWhatToDo(
      String said, ErrorCode code, String whatToDo) {
    var fault = Failures.describe(new FileSystemException("/data/staging", null, said));

    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.detail()).contains(whatToDo).endsWith("/data/staging: " + said);
  }

  @Test
  void givenANameWithoutWordsThenTheFaultSaysWhatItMeans() {
    var fault = Failures.describe(new NoSuchFileException("/data/store/a"));

    assertThat(fault.code()).isEqualTo(ErrorCode.STORAGE_FAILED);
    assertThat(fault.detail()).contains("NoSuchFile").contains("/data/store/a");
  }

  @Test
  void givenNoMessageThenTheFaultNamesTheKindOfFailure() {
    assertThat(Failures.describe(new IOException()).detail()).contains("IOException");
  }
}
