package io.hydra.manager.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hydra.manager.store.ChannelStore.Operation;
import io.hydra.manager.store.ChannelStore.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program that writes numbered commits for as long as it lives and says each number once it was
 * acknowledged. {@link StoreKillIT} kills it.
 */
final class CommitWriter {
  /** How many numbers stay; older ones are removed with the commit that adds a newer one. */
  static final int KEPT = 40;

  private CommitWriter() {}

  public static void main(String[] arguments) {
    var store = EmbeddedStore.open(Path.of(arguments[0]));
    var number =
        store.get("counter").map(e -> Long.parseLong(new String(e.value(), UTF_8))).orElse(0L);
    while (true) {
      number++;
      if (store.commit(operations(store, number)) instanceof Outcome.Conflict(String key)) {
        throw new IllegalStateException("nobody else writes, but " + key + " differs");
      }
      System.out.println(number);
    }
  }

  private static List<Operation> operations(ChannelStore store, long number) {
    var operations = new ArrayList<Operation>();
    operations.add(new Operation.Put("counter", Long.toString(number).getBytes(UTF_8)));
    operations.add(new Operation.PutIf(left(number), value(number), 0));
    operations.add(new Operation.PutIf(right(number), value(number), 0));
    for (var key : List.of(left(number - KEPT), right(number - KEPT))) {
      store.get(key).ifPresent(old -> operations.add(new Operation.DeleteIf(key, old.revision())));
    }
    return operations;
  }

  static String left(long number) {
    return "left/" + number;
  }

  static String right(long number) {
    return "right/" + number;
  }

  /** Of any size up to what two of them in one transaction may have. */
  static byte[] value(long number) {
    var random = new Random(number);
    var bytes = new byte[random.nextInt(ChannelStore.MAX_TRANSACTION_BYTES / 2 - 1000)];
    random.nextBytes(bytes);
    return bytes;
  }
}
