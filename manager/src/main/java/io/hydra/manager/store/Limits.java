package io.hydra.manager.store;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.store.ChannelStore.Operation;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds transactions to what every implementation can take. */
public final class Limits {
  private static final int MAX_KEY_BYTES = 500;

  private Limits() {}

  /**
   * @throws HydraException {@code INVALID_REQUEST} naming the key and the limit
   */
  public static void check(List<Operation> operations) {
    int weight = operations.stream().mapToInt(Limits::weight).sum();
    if (weight > ChannelStore.MAX_OPERATIONS) {
      throw refused(
          "",
          "a transaction of %d operations is over the limit of %d"
              .formatted(weight, ChannelStore.MAX_OPERATIONS));
    }
    long bytes = 0;
    Set<String> keys = new HashSet<>();
    for (var operation : operations) {
      bytes += checkKey(operation.key()) + checkValue(operation);
      if (!keys.add(operation.key())) {
        throw refused(operation.key(), "key '%s' stands twice".formatted(operation.key()));
      }
    }
    if (bytes > ChannelStore.MAX_TRANSACTION_BYTES) {
      throw refused(
          operations.getFirst().key(),
          "a transaction of %d bytes is over the limit of %d"
              .formatted(bytes, ChannelStore.MAX_TRANSACTION_BYTES));
    }
  }

  private static int weight(Operation operation) {
    return operation instanceof Operation.DeleteIf ? 2 : 1;
  }

  private static int checkKey(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_KEY_BYTES || key.startsWith("/")) {
      throw refused(
          key,
          "key '%s' must have 1 to %d bytes and no '/' in front".formatted(key, MAX_KEY_BYTES));
    }
    return bytes;
  }

  private static int checkValue(Operation operation) {
    int bytes =
        switch (operation) {
          case Operation.Put(var key, var value) -> value.length;
          case Operation.PutIf(var key, var value, var expected) -> value.length;
          case Operation.DeleteIf(var key, var expected) -> 0;
          case Operation.Check(var key, var expected) -> 0;
        };
    if (bytes > ChannelStore.MAX_VALUE_BYTES) {
      throw refused(
          operation.key(),
          "the value of key '%s' has %d bytes, over the limit of %d"
              .formatted(operation.key(), bytes, ChannelStore.MAX_VALUE_BYTES));
    }
    return bytes;
  }

  private static HydraException refused(String key, String detail) {
    return new HydraException(ErrorCode.INVALID_REQUEST, detail, Map.of("key", key));
  }
}
