package io.hydra.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** How Hydra's records are written as JSON, on the wire and in files. */
public final class HydraJson {
  private static final int SHARED_BUFFERS = 16;

  private HydraJson() {}

  /**
   * Times and durations in ISO 8601, nothing for what is absent, unknown fields ignored so that
   * parts can be of two versions.
   */
  public static ObjectMapper configure(ObjectMapper mapper) {
    return mapper
        .registerModule(new Jdk8Module())
        .registerModule(new JavaTimeModule())
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /**
   * Whose parsers keep no names of fields: some are data, such as the channels in a node's report,
   * and with thousands of them each parser would copy a table of all. They share some buffers; by
   * default each thread has its own, and each request may have a thread of its own.
   */
  public static JsonFactory factory() {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .recyclerPool(JsonRecyclerPools.newBoundedPool(SHARED_BUFFERS))
        .build();
  }

  public static ObjectMapper mapper() {
    return configure(new ObjectMapper(factory()));
  }
}
