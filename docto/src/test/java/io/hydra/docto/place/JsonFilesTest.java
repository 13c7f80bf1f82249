package io.hydra.docto.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFilesTest {
  private final ObjectMapper json = new ObjectMapper();
  private final Path file;

  /** A list, as markers and manifests have one. */
  record Names(List<String> names) {}

  JsonFilesTest(@TempDir Path directory) {
    this.file = directory.resolve("names.json");
  }

  @Test
  void givenAFile_whenRead_thenItsContentIsThere() throws IOException {
    Files.writeString(file, "{\"names\":[\"a\",\"b\"]}");

    assertThat(JsonFiles.<Names>read(file, json.readerFor(Names.class)))
        .contains(new Names(List.of("a", "b")));
  }

  @Test
  void givenNoFileOrATornOne_whenRead_thenThereIsNothing() throws IOException {
    assertThat(JsonFiles.<Names>read(file, json.readerFor(Names.class))).isEmpty();

    for (var torn : List.of("", "{\"names\":[\"a\",", "\0\0\0", "{\"names\":7}")) {
      Files.writeString(file, torn);
      assertThat(JsonFiles.<Names>read(file, json.readerFor(Names.class))).isEmpty();
    }
  }

  /** It would be proven anew, by what a failing disk gives. */
  @Test
  void givenADiskThatFailsInTheMiddleOfAList_whenRead_thenThatIsNoTornFile() throws IOException {
    Files.writeString(file, "{\"names\":[\"a\",\"b\"]}");
    var failing = new SimpleModule().addDeserializer(String.class, new FailingDisk());
    var reader = json.copy().registerModule(failing).readerFor(Names.class);

    assertThatThrownBy(() -> JsonFiles.<Names>read(file, reader))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Input/output error");
  }

  private static final class FailingDisk extends StdDeserializer<String> {
    private static final long serialVersionUID = 1L;

    FailingDisk() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      throw new IOException("Input/output error");
    }
  }
}
