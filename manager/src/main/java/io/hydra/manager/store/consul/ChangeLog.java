package io.hydra.manager.store.consul;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.concurrent.ThreadLocalRandom;
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
record ChangeLog(String id, long first, List<Commit> commits) {
  private static final int MOST_COMMITS = 64;

  /** Characters of all keys together; a single commit may have more, and then stands alone. */
  private static final int MOST_CHARACTERS = 4_096;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param mark unlike that of any other commit; empty where it is not known, as of an older
   *     manager
   */
  record Commit(String mark, List<String> keys) {
    static Commit of(Collection<String> keys) {
      return new Commit(
          Integer.toHexString(ThreadLocalRandom.current().nextInt()), List.copyOf(keys));
    }

    private int characters() {
      return keys.stream().mapToInt(String::length).sum();
    }
  }

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
    more.add(Commit.of(keys));
    int drop = 0;
    int characters = more.stream().mapToInt(Commit::characters).sum();
    while (drop < more.size() - 1
        && (more.size() - drop > MOST_COMMITS || characters > MOST_CHARACTERS)) {
      characters -= more.get(drop).characters();
      drop++;
    }
    return new ChangeLog(id, first + drop, List.copyOf(more.subList(drop, more.size())));
  }

  /** Whether it may have come of that one by commits alone, as far as it still tells. */
  boolean succeeds(ChangeLog seen) {
    return id.equals(seen.id)
        && seen.last() <= last()
        && (seen.mark(seen.last()).isEmpty()
            || mark(seen.last()).isEmpty()
            || mark(seen.last()).equals(seen.mark(seen.last())));
  }

  /** Of the commit of that number; empty where it is not known. */
  private String mark(long number) {
    return first <= number && number <= last() ? commits.get((int) (number - first)).mark() : "";
  }

  /** The keys of all commits after the one that was seen last; empty where it cannot tell. */
  Optional<List<String>> since(ChangeLog seen) {
    if (!succeeds(seen) || seen.last() + 1 < first) {
      return Optional.empty();
    }
    int from = (int) (seen.last() + 1 - first);
    return Optional.of(
        commits.subList(from, commits.size()).stream()
            .flatMap(commit -> commit.keys().stream())
            .toList());
  }

  byte[] bytes() {
    var node = JSON.createObjectNode().put("id", id).put("first", first);
    var keys = node.putArray("commits");
    // Apart, so that older managers read the rest.
    var marks = node.putArray("marks");
    for (var commit : commits) {
      var array = keys.addArray();
      commit.keys().forEach(array::add);
      marks.add(commit.mark());
    }
    return write(node);
  }

  /**
   * @throws HydraException {@code STORAGE_FAILED}
   */
  static ChangeLog read(byte[] bytes) {
    try {
      var node = JSON.readTree(bytes);
      var keys = node.path("commits");
      var marks = node.path("marks");
      var commits =
          IntStream.range(0, keys.size())
              .mapToObj(i -> new Commit(marks.path(i).asText(), texts(keys.get(i))))
              .toList();
      return new ChangeLog(node.path("id").asText(), node.path("first").asLong(), commits);
    } catch (IOException e) {
      throw new HydraException(
          ErrorCode.STORAGE_FAILED, "the log of changes in Consul is damaged", e);
    }
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static byte[] write(ObjectNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
