package io.hydra.manager.uptime;

/** A change of a workload: replicas and memory together, or neither. */
sealed interface UptimeAction {
  Workload workload();

  /** How the workload is afterwards. */
  Workload done();

  /** Scales it to zero. */
  record PutDown(Workload workload, Memory.Kept memory) implements UptimeAction {
    @Override
    public Workload done() {
      return workload.with(0, memory);
    }
  }

  /** Scales it back. */
  record Restore(Workload workload, int replicas) implements UptimeAction {
    @Override
    public Workload done() {
      return workload.with(replicas, new Memory.Blank());
    }
  }

  /** Remembers something else. */
  record Note(Workload workload, Memory.Kept memory) implements UptimeAction {
    @Override
    public Workload done() {
      return workload.with(workload.replicas(), memory);
    }
  }

  /** Leaves it at the replicas that somebody else has given it. */
  record Forget(Workload workload) implements UptimeAction {
    @Override
    public Workload done() {
      return workload.with(workload.replicas(), new Memory.Blank());
    }
  }
}
