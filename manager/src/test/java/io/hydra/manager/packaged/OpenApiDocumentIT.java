package io.hydra.manager.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document that is checked in is the one that the build makes of the resources. */
class OpenApiDocumentIT {
  @Test
  void givenTheBuildsDocumentThenTheOneCheckedInIsTheSame() throws IOException {
    assertThat(Path.of("openapi.yaml"))
        .as("`cp target/openapi/openapi.yaml openapi.yaml` in manager/ after a wanted change")
        .hasContent(Files.readString(Path.of("target/openapi/openapi.yaml")));
  }
}
