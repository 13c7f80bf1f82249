package io.hydra.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HydraJsonNamesTest {
  /** A kept name would be the one instance of its text that the whole program shares. */
  @Test
  void givenNamesThatAreData_whenRead_thenNoneIsKept() throws IOException {
    var text = "{\"prod/shop/search-%d\": 1}".formatted(System.nanoTime());
    Map<String, Integer> read =
        HydraJson.mapper()
            .readValue(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                new TypeReference<>() {});

    var name = read.keySet().iterator().next();
    var copy = new String(name.toCharArray());
    assertThat(copy.intern()).isNotSameAs(name);
  }
}
