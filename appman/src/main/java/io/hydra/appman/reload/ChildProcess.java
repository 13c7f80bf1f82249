package io.hydra.appman.reload;

import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.lifecycle.SavedState.SavedChild;
import io.hydra.appman.lifecycle.StateFile;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.ReleaseRef;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The application as AppMan's child. It outlives an AppMan that is killed; the next one takes it
 * over by what the state file says, or, if the last one had no time to note it, by the marks in its
 * environment.
 */
public final class ChildProcess {
  private static final Logger LOG = Logger.getLogger(ChildProcess.class);

  private final List<String> command;
  private final Path current;
  private final StateFile file;
  private final Runnable listener;
  private volatile Optional<Running> running;

  private record Running(ProcessHandle handle, ReleaseRef release) {}

  /**
   * @param current path of the link to the data, told to the child
   * @param listener told when the child ends
   */
  public ChildProcess(List<String> command, Path current, StateFile file, Runnable listener) {
    this.command = List.copyOf(command);
    this.current = current;
    this.file = file;
    this.listener = listener;
    this.running =
        file.read()
            .child()
            .flatMap(ChildProcess::stillRunning)
            .or(
                () ->
                    Orphan.of(current)
                        .map(orphan -> new Running(orphan.handle(), orphan.release())));
    running.ifPresent(
        child -> {
          LOG.infof(
              "took over the application process=%d release=%s",
              child.handle().pid(), child.release());
          watch(child.handle());
        });
  }

  /** What a child or a command is told of the data. */
  static Map<String, String> environment(Path current, ReleaseSet release) {
    return Map.of(
        "HYDRA_CURRENT",
        current.toString(),
        "HYDRA_RELEASE",
        release.ref().version().value(),
        "HYDRA_SEQUENCE",
        Long.toString(release.ref().sequence()));
  }

  /** Whether it runs, and was started with this release. */
  public boolean runsWith(ReleaseRef release) {
    return running
        .filter(child -> child.release().equals(release))
        .filter(child -> ProcFile.isRunning(child.handle()))
        .isPresent();
  }

  /**
   * @throws HydraException {@code RELOAD_FAILED} when the command cannot be run
   */
  void start(ReleaseSet release) {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().putAll(environment(current, release));
    try {
      var handle = builder.start().toHandle();
      running = Optional.of(new Running(handle, release.ref()));
      watch(handle);
      note(Optional.of(new SavedChild(handle.pid(), startOf(handle), release.ref())));
      LOG.infof("started the application process=%d release=%s", handle.pid(), release.ref());
    } catch (IOException e) {
      throw new HydraException(
          ErrorCode.RELOAD_FAILED,
          "the application '%s' cannot be run: %s".formatted(command.getFirst(), e.getMessage()),
          e);
    }
  }

  /** Whether it ends before the time is over. */
  boolean endsWithin(Duration time) throws InterruptedException {
    var child = running;
    return child.isEmpty() || awaitEnd(child.get().handle(), time);
  }

  /** SIGTERM, then SIGKILL to it and all below it at the deadline. */
  void stop(Duration deadline) throws InterruptedException {
    var child = running.map(Running::handle).filter(ProcFile::isRunning);
    if (child.isPresent()) {
      LOG.infof("stopping the application process=%d", child.get().pid());
      child.get().destroy();
      if (!awaitEnd(child.get(), deadline)) {
        LOG.warnf("killing the application: it did not end in time process=%d", child.get().pid());
        child.get().descendants().forEach(ProcessHandle::destroyForcibly);
        child.get().destroyForcibly();
        awaitEnd(child.get(), Duration.ofSeconds(10));
      }
    }
    running = Optional.empty();
    note(Optional.empty());
  }

  private static boolean awaitEnd(ProcessHandle handle, Duration time) throws InterruptedException {
    try {
      handle.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      // One that was taken over may be dead without anybody having collected it.
      return !ProcFile.isRunning(handle);
    }
  }

  private void watch(ProcessHandle handle) {
    var _ = handle.onExit().thenRun(listener);
  }

  /** A crash before this is on disk is made good by the marks in the environment. */
  private void note(Optional<SavedChild> child) {
    try {
      file.change(saved -> saved.withChild(child));
    } catch (HydraException e) {
      LOG.warnf("could not note the application's process code=%s detail=%s", e.code(), e.detail());
    }
  }

  private static Optional<Running> stillRunning(SavedChild child) {
    Predicate<ProcessHandle> same =
        handle ->
            Duration.between(startOf(handle), child.startedAt())
                    .abs()
                    .compareTo(Duration.ofSeconds(2))
                < 0;
    return ProcessHandle.of(child.pid())
        .filter(ProcFile::isRunning)
        .filter(same)
        .map(handle -> new Running(handle, child.release()));
  }

  private static Instant startOf(ProcessHandle handle) {
    return handle.info().startInstant().orElse(Instant.EPOCH);
  }
}
