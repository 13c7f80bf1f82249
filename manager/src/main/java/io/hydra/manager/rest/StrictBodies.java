package io.hydra.manager.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.Type;
import java.util.function.BiFunction;

/**
 * How bodies are read that people write: a field that is not known is refused, since it may be a
 * known one mistyped. Bodies of agents are read without it, as newer agents meet older managers.
 */
@RegisterForReflection
public final class StrictBodies implements BiFunction<ObjectMapper, Type, ObjectReader> {
  @Override
  public ObjectReader apply(ObjectMapper mapper, Type type) {
    return mapper
        .readerFor(mapper.constructType(type))
        .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        // Quarkus changes the factory of what it is given; the mapper's own is the stores', too.
        .with(mapper.getFactory().copy());
  }
}
