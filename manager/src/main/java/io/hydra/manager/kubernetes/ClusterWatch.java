package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Followed;
import io.hydra.manager.apiserver.Informer;
import io.hydra.manager.channel.Channels;
import io.hydra.manager.discovery.Whereabouts;
import io.hydra.manager.lead.LeadBegan;
import io.hydra.manager.lead.LeadEnded;
import io.hydra.model.NodeName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Has the ledger follow the cluster's pods and nodes, where that is switched on. Otherwise nothing
 * of this is made.
 */
@ApplicationScoped
class ClusterWatch {
  private static final Logger LOG = Logger.getLogger(ClusterWatch.class);

  /** Not at its end. One that is not on a node yet counts as one that is out of service. */
  private static final String LIVING = "status.phase!=Succeeded,status.phase!=Failed";

  private static final Followed NODES =
      new Followed("nodes", "/api/v1/nodes", "", "", node -> true);

  private final KubernetesConfig config;
  private final Instance<ApiServer> server;
  private final Channels channels;
  private final Instance<PodLedger> ledger;
  private final Instance<NodeBook> book;
  private final Instance<Uninjected> uninjected;
  private final Instance<PodFeed> feed;
  private final Instance<Whereabouts> whereabouts;
  private final Instance<MeterRegistry> meters;
  private final List<Thread> threads = new ArrayList<>();
  private volatile List<Informer> followed = List.of();

  ClusterWatch(
      KubernetesConfig config,
      Instance<ApiServer> server,
      Channels channels,
      Instance<PodLedger> ledger,
      Instance<NodeBook> book,
      Instance<Uninjected> uninjected,
      Instance<PodFeed> feed,
      Instance<Whereabouts> whereabouts,
      Instance<MeterRegistry> meters) {
    this.config = config;
    this.server = server;
    this.channels = channels;
    this.ledger = ledger;
    this.book = book;
    this.uninjected = uninjected;
    this.feed = feed;
    this.whereabouts = whereabouts;
    this.meters = meters;
  }

  /** Before the first tick, which is not to take what is not known yet for what is not there. */
  void start(@Observes @Priority(1) LeadBegan event) {
    if (!config.discovery()) {
      return;
    }
    // A wrong setting ends the start.
    LOG.infof("follows pods and nodes of Kubernetes at %s", server.get().url());
    whereabouts.get().expect();
    var informers = informers(ledger.get());
    followed = informers;
    Gauge.builder("hydra.kubernetes.pods", ledger.get()::size).register(meters.get());
    Gauge.builder("hydra.kubernetes.pods.uninjected", uninjected.get()::size)
        .register(meters.get());
    Gauge.builder("hydra.kubernetes.connected", () -> isUpToDate(followed) ? 1 : 0)
        .register(meters.get());
    channels.onChange(ledger.get()::reconsider);
    informers.forEach(this::begin);
  }

  void stop(@Observes LeadEnded event) {
    threads.forEach(Thread::interrupt);
    threads.clear();
    followed = List.of();
  }

  private List<Informer> informers(PodLedger pods) {
    var followed = followed();
    var lists = new FirstLists(followed.size(), whereabouts.get()::complete);
    return followed.stream()
        .map(
            kind ->
                new Informer(
                    server.get(),
                    kind,
                    kind.equals(NODES)
                        ? new Nodes(pods, book.get(), () -> lists.told(kind))
                        : new Pods(feed.get(), () -> lists.told(kind))))
        .toList();
  }

  private List<Followed> followed() {
    var selector = config.podSelector().orElse("");
    var all = new ArrayList<Followed>();
    all.add(NODES);
    for (var path : paths(config.namespaces().orElse(Set.of()))) {
      all.add(new Followed("pods", path, LIVING, selector, ClusterWatch::matters));
    }
    return all;
  }

  /** Each has a thread of its own, which waits nearly all the time. */
  private void begin(Informer informer) {
    threads.add(Thread.ofVirtual().name("follow").start(() -> run(informer)));
  }

  private static boolean isUpToDate(List<Informer> informers) {
    return informers.stream().allMatch(Informer::isUpToDate);
  }

  private static List<String> paths(Set<String> namespaces) {
    return namespaces.isEmpty()
        ? List.of("/api/v1/pods")
        : namespaces.stream().map("/api/v1/namespaces/%s/pods"::formatted).sorted().toList();
  }

  private static void run(Informer informer) {
    try {
      informer.run();
    } catch (InterruptedException ended) {
      LOG.debug("the manager stops", ended);
    }
  }

  private static boolean matters(ApiObject pod) {
    return PodFeed.isConsumer(pod) || Uninjected.asks(pod);
  }

  private record Nodes(PodLedger ledger, NodeBook book, Runnable whenListed)
      implements Informer.Listener {
    @Override
    public void put(ApiObject node) {
      var name = NodeName.of(node.metadata().name());
      book.put(name, node.labels());
      ledger.node(name, node.is("Ready"));
    }

    @Override
    public void remove(ApiObject.Name name) {
      book.remove(NodeName.of(name.name()));
      ledger.node(NodeName.of(name.name()), false);
    }

    @Override
    public void listed() {
      whenListed.run();
    }
  }

  /**
   * @param feed takes all that is told
   */
  private record Pods(PodFeed feed, Runnable whenListed) implements Informer.Listener {
    @Override
    public void put(ApiObject pod) {
      feed.put(pod);
    }

    @Override
    public void remove(ApiObject.Name name) {
      feed.remove(name);
    }

    @Override
    public void listed() {
      feed.listed();
      whenListed.run();
    }
  }
}
