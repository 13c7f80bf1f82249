package io.hydra.manager.uptime;

import java.util.Comparator;

/** Names a workload. */
record WorkloadId(Kind kind, String namespace, String name) implements Comparable<WorkloadId> {
  private static final Comparator<WorkloadId> ORDER =
      Comparator.comparing(WorkloadId::namespace)
          .thenComparing(WorkloadId::kind)
          .thenComparing(WorkloadId::name);

  /** What can be scaled. */
  enum Kind {
    DEPLOYMENT("Deployment", "deployments"),
    STATEFUL_SET("StatefulSet", "statefulsets");

    static final String API_VERSION = "apps/v1";
    private final String word;
    private final String plural;

    Kind(String word, String plural) {
      this.word = word;
      this.plural = plural;
    }

    String word() {
      return word;
    }

    String plural() {
      return plural;
    }
  }

  String path() {
    return "/apis/apps/v1/namespaces/%s/%s/%s".formatted(namespace, kind.plural(), name);
  }

  @Override
  public int compareTo(WorkloadId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s %s/%s".formatted(kind.word(), namespace, name);
  }
}
