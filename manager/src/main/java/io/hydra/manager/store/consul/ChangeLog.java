package io.hydra.manager.store.consul;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The keys that the newest commits have touched, numbered without a gap. Each commit writes it, so
 * that whoever follows this one key learns of every commit at the price of a few kilobytes, however
 * much is stored. Older commits drop out; who has not seen them must look at everything.
 *
 * @param id of this log: one that was begun anew has another
 * @param first number of the first commit in it
 */
record ChangeLog(String id, long first, List<List<String>> commits) {
  private static final int MOST_COMMITS = 64;

  /** Characters of all keys together; a single commit may have more, and then stands alone. */
  private static final int MOST_CHARACTERS = 4_096;

  private static final ObjectMapper JSON = new ObjectMapper();

  static ChangeLog begin() {
    return new ChangeLog(UUID.randomUUID().toString(), 1, List.of());
  }

  /** The number of the newest commit; one less than {@link #first} where there is none. */
  long last() {
    return first + commits.size() - 1;
  }

  /** The log after one more commit. */
  ChangeLog with(Collection<String> keys) {
    var more = new ArrayList<>(commits);
    more.add(List.copyOf(keys));
    int drop = 0;
    int characters = more.stream().mapToInt(ChangeLog::characters).sum();
    while (drop < more.size() - 1
        && (more.size() - drop > MOST_COMMITS || characters > MOST_CHARACTERS)) {
      characters -= characters(more.get(drop));
      drop++;
    }
    return new ChangeLog(id, first + drop, List.copyOf(more.subList(drop, more.size())));
  }

  /** The keys of all commits after the one that was seen last; empty where it cannot tell. */
  Optional<List<String>> since(ChangeLog seen) {
    if (!id.equals(seen.id) || seen.last() + 1 < first || seen.last() > last()) {
      return Optional.empty();
    }
    int from = (int) (seen.last() + 1 - first);
    return Optional.of(
        IntStream.range(from, commits.size())
            .boxed()
            .flatMap(i -> commits.get(i).stream())
            .toList());
  }

  byte[] bytes() {
    var node = JSON.createObjectNode().put("id", id).put("first", first);
    var array = node.putArray("commits");
    commits.forEach(
        keys -> {
          var inner = array.addArray();
          keys.forEach(inner::add);
        });
    return write(node);
  }

  /**
   * @throws HydraException {@code STORAGE_FAILED}
   */
  static ChangeLog read(byte[] bytes) {
    try {
      var node = JSON.readTree(bytes);
      var commits =
          StreamSupport.stream(node.path("commits").spliterator(), false)
              .map(
                  keys ->
                      StreamSupport.stream(keys.spliterator(), false)
                          .map(key -> key.asText())
                          .toList())
              .toList();
      return new ChangeLog(node.path("id").asText(), node.path("first").asLong(), commits);
    } catch (IOException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the log of changes in Consul is damaged", e);
    }
  }

  private static int characters(List<String> keys) {
    return keys.stream().mapToInt(String::length).sum();
  }

  private static byte[] write(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
