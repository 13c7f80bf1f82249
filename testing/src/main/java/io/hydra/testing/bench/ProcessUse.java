package io.hydra.testing.bench;

import java.io.IOException;
import java.time.Duration;

/** What a running process takes. */
record ProcessUse(long pid) {
  Memory memory() throws IOException {
    return Memory.of(pid);
  }

  /** Processor time of all its threads since its start. */
  Duration processorTime() throws IOException {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IOException("the process has ended"));
  }
}
