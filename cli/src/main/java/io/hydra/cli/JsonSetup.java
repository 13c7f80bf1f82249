package io.hydra.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.wire.HydraJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Lets the REST clients read and write as the manager does. */
@Singleton
final class JsonSetup implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    HydraJson.configure(mapper);
  }
}
