package io.hydra.manager.uptime;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Followed;
import io.hydra.manager.apiserver.Informer;
import io.hydra.manager.kubernetes.KubernetesConfig;
import io.hydra.manager.lead.Lead;
import io.hydra.manager.lead.LeadBegan;
import io.hydra.manager.lead.LeadEnded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Follows workloads and namespaces and has the downscaler look at them, at each change and every
 * few seconds, where that is switched on. Otherwise nothing of this is made.
 */
@ApplicationScoped
class UptimeWatch {
  private static final Logger LOG = Logger.getLogger(UptimeWatch.class);
  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final long SECONDS_BETWEEN_LOOKS = 5;

  /** However many things change. */
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);

  private final UptimeConfig config;
  private final KubernetesConfig kubernetes;
  private final Instance<ApiServer> server;
  private final Instance<Workloads> workloads;
  private final Instance<Downscaler> downscaler;
  private final Lead lead;
  private final Semaphore changes = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();

  UptimeWatch(
      UptimeConfig config,
      KubernetesConfig kubernetes,
      Instance<ApiServer> server,
      Instance<Workloads> workloads,
      Instance<Downscaler> downscaler,
      Lead lead) {
    this.config = config;
    this.kubernetes = kubernetes;
    this.server = server;
    this.workloads = workloads;
    this.downscaler = downscaler;
    this.lead = lead;
  }

  void start(@Observes LeadBegan event) {
    if (!config.enabled()) {
      return;
    }
    LOG.infof("scales consumers by their uptime clock-offset=%s", config.clockOffset());
    var informers = informers();
    workloads.get().expect(informers.size());
    informers.forEach(informer -> begin("follow", informer::run));
    begin("uptime", this::look);
  }

  void stop(@Observes LeadEnded event) {
    threads.forEach(Thread::interrupt);
    threads.clear();
  }

  private List<Informer> informers() {
    var all = new ArrayList<Informer>();
    all.add(
        informer(
            new Followed("namespaces", NAMESPACES, "", "", namespace -> true),
            new NamespaceListener(workloads.get(), changes::release)));
    for (var kind : WorkloadId.Kind.values()) {
      for (var path : paths(kind)) {
        all.add(
            informer(
                new Followed(kind.plural(), path, "", "", WorkloadListener::matters),
                new WorkloadListener(kind, path, workloads.get(), changes::release)));
      }
    }
    return all;
  }

  private Informer informer(Followed followed, Informer.Listener listener) {
    return new Informer(server.get(), followed, listener);
  }

  private List<String> paths(WorkloadId.Kind kind) {
    var namespaces = kubernetes.namespaces().orElse(Set.of());
    return namespaces.isEmpty()
        ? List.of("/apis/apps/v1/" + kind.plural())
        : namespaces.stream()
            .map(name -> "/apis/apps/v1/namespaces/%s/%s".formatted(name, kind.plural()))
            .sorted()
            .toList();
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void begin(String name, Work work) {
    threads.add(Thread.ofVirtual().name(name).start(() -> run(work)));
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException ended) {
      LOG.debug("the manager stops", ended);
    }
  }

  private void look() throws InterruptedException {
    while (true) {
      var unused = changes.tryAcquire(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
      Thread.sleep(BETWEEN_CHANGES);
      changes.drainPermits();
      if (!lead.isProven()) {
        continue;
      }
      try {
        downscaler.get().tick();
      } catch (RuntimeException e) {
        LOG.error("a look at uptimes failed; the next one follows", e);
      }
    }
  }

  /** Hears of namespaces. */
  private record NamespaceListener(Workloads workloads, Runnable changed)
      implements Informer.Listener {
    @Override
    public void put(ApiObject namespace) {
      workloads.namespace(namespace.metadata().name(), namespace.annotation(Subject.UPTIME));
      changed.run();
    }

    @Override
    public void remove(ApiObject.Name name) {
      workloads.namespace(name.name(), Optional.empty());
    }

    @Override
    public void listed() {
      workloads.listed(NAMESPACES);
      changed.run();
    }
  }
}
