package io.hydra.manager.store;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;

/** The limits of {@link ChannelStore}, the same for every implementation. */
final class TransactionLimits {
  private static final int MAX_KEY_BYTES = 500;

  private TransactionLimits() {}

  static void check(List<ChannelStore.Operation> operations) {
    if (operations.isEmpty() || operations.size() > ChannelStore.MAX_OPERATIONS) {
      throw refuse(
          "a transaction holds 1 to %d operations, not %d"
              .formatted(ChannelStore.MAX_OPERATIONS, operations.size()));
    }
    long bytes = 0;
    var keys = new HashSet<String>();
    for (var operation : operations) {
      int keyBytes = operation.key().getBytes(StandardCharsets.UTF_8).length;
      if (keyBytes == 0 || keyBytes > MAX_KEY_BYTES || operation.key().charAt(0) < ' ') {
        throw refuse(
            "a key has 1 to %d bytes and begins with a printable character"
                .formatted(MAX_KEY_BYTES));
      }
      if (!keys.add(operation.key())) {
        throw refuse("key %s stands twice in one transaction".formatted(operation.key()));
      }
      bytes += keyBytes + valueBytes(operation);
    }
    if (bytes > ChannelStore.MAX_TRANSACTION_BYTES && operations.size() > 1) {
      throw refuse(
          "a transaction of several keys holds at most %d bytes, not %d"
              .formatted(ChannelStore.MAX_TRANSACTION_BYTES, bytes));
    }
  }

  private static int valueBytes(ChannelStore.Operation operation) {
    int bytes =
        switch (operation) {
          case ChannelStore.Operation.Put(String _, byte[] value) -> value.length;
          case ChannelStore.Operation.PutIf(String _, byte[] value, long _) -> value.length;
          case ChannelStore.Operation.DeleteIf _, ChannelStore.Operation.Check _ -> 0;
        };
    if (bytes > ChannelStore.MAX_VALUE_BYTES) {
      throw refuse(
          "the value of %s has %d bytes; at most %d are taken"
              .formatted(operation.key(), bytes, ChannelStore.MAX_VALUE_BYTES));
    }
    return bytes;
  }

  private static HydraException refuse(String detail) {
    return new HydraException(ErrorCode.INVALID_REQUEST, detail);
  }
}
