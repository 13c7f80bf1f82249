package io.hydra.manager.feedback;

import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Pace;
import io.hydra.manager.config.ManagerConfig;
import io.hydra.manager.events.Announcements;
import io.hydra.manager.kubernetes.KubernetesConfig;
import io.hydra.manager.kubernetes.NodeBook;
import io.hydra.manager.kubernetes.PodLedger;
import io.hydra.manager.lead.LeadBegan;
import io.hydra.manager.lead.LeadEnded;
import io.hydra.manager.observe.ObservedCluster;
import io.hydra.manager.observe.SettledLeadership;
import io.hydra.manager.reconcile.Plans;
import io.hydra.model.ChannelId;
import io.hydra.model.NodeName;
import io.hydra.wire.NodeView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Compares, after each plan, what pods and nodes say with what is so, on a thread of its own: no
 * roll-over waits for it. Whatever was missed or failed is found with the next plan, of which there
 * is one every few seconds.
 */
@ApplicationScoped
class Feedback {
  private static final Logger LOG = Logger.getLogger(Feedback.class);

  /** However often plans change. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** It takes a tenth of a processor at most. */
  private static final int PAUSE_FOR_LOOK = 9;

  private static final int BURST = 100;
  private static final int PER_SECOND = 50;

  private final KubernetesConfig config;
  private final ManagerConfig manager;
  private final SettledLeadership leadership;
  private final ObservedCluster cluster;
  private final Plans plans;
  private final PodLedger pods;
  private final NodeBook nodes;
  private final Scenes scenes;
  private final Announcements announcements;
  private final ApiServer server;
  private final Clock clock;
  private final Touched touched = new Touched();
  private final List<Thread> threads = new ArrayList<>();

  /** Work that goes on until it is interrupted. */
  private interface Endless {
    void run() throws InterruptedException;
  }

  Feedback(
      KubernetesConfig config,
      ManagerConfig manager,
      SettledLeadership leadership,
      ObservedCluster cluster,
      Plans plans,
      PodLedger pods,
      NodeBook nodes,
      Scenes scenes,
      Announcements announcements,
      ApiServer server,
      Clock clock) {
    this.config = config;
    this.manager = manager;
    this.leadership = leadership;
    this.cluster = cluster;
    this.plans = plans;
    this.pods = pods;
    this.nodes = nodes;
    this.scenes = scenes;
    this.announcements = announcements;
    this.server = server;
    this.clock = clock;
  }

  void start(@Observes LeadBegan event) {
    if (!config.discovery()) {
      return;
    }
    plans.onChange(touched::add);
    pods.onChange(touched::add);
    nodes.onChange(touched::add);
    var marks = new Errands(server, clock, new Pace(BURST, PER_SECOND));
    var labels = new Errands(server, clock, new Pace(BURST, PER_SECOND));
    var touches = new Errands(server, clock, new Pace(BURST, PER_SECOND));
    begin("pod-status", marks::run);
    begin("pod-touches", touches::run);
    begin("node-labels", labels::run);
    var look = new Look(marks, touches, new Placement(nodes, labels, manager.environments()));
    begin("feedback", look::run);
  }

  void stop(@Observes LeadEnded event) {
    threads.forEach(Thread::interrupt);
    threads.clear();
  }

  private void begin(String name, Endless work) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .start(
                () -> {
                  try {
                    work.run();
                  } catch (InterruptedException ended) {
                    LOG.debug("the manager stops", ended);
                  }
                }));
  }

  /** One thread's. */
  private final class Look {
    private final Errands marks;
    private final Errands touches;
    private final Placement placement;
    private final PodFeedback news = new PodFeedback(announcements, new Workloads(server));
    private final Instant began = clock.instant();
    private final Nudges nudges = new Nudges(began);

    Look(Errands marks, Errands touches, Placement placement) {
      this.marks = marks;
      this.touches = touches;
      this.placement = placement;
    }

    void run() throws InterruptedException {
      while (true) {
        var all = touched.take();
        long looked = System.nanoTime();
        if (leadership.settled()) {
          look(all);
        } else {
          all.channels().forEach(touched::add);
          all.nodes().forEach(touched::add);
        }
        Thread.sleep(pause(Duration.ofNanos(System.nanoTime() - looked)));
      }
    }

    private static Duration pause(Duration look) {
      var share = look.multipliedBy(PAUSE_FOR_LOOK);
      return share.compareTo(BETWEEN_LOOKS) > 0 ? share : BETWEEN_LOOKS;
    }

    private void look(Touched.All all) throws InterruptedException {
      var keys = scenes.channels().stream().map(ReadyLabel::key).collect(Collectors.toSet());
      if (config.nodeLabels()) {
        placement.write(all.nodes(), keys);
      }
      for (var id : all.channels()) {
        try {
          look(id, keys);
        } catch (RuntimeException e) {
          LOG.errorf(e, "cannot tell of channel=%s", id);
        }
      }
    }

    private void look(ChannelId id, Set<String> keys) throws InterruptedException {
      if (!scenes.exists(id)) {
        news.forget(id);
        placement.forget(id, keys);
        return;
      }
      var scene = scenes.of(id);
      if (scene.isEmpty()) {
        return;
      }
      if (config.nodeLabels()) {
        placement.put(scene.get(), this::lastHeard, keys);
      }
      if (config.podStatus()) {
        mark(scene.get());
        nudges.due(scene.get().pods(), clock.instant()).forEach(touches::put);
      }
      news.tell(scene.get());
    }

    private void mark(Scene scene) {
      for (var pod : scene.pods()) {
        PodMark.of(pod, scene.instance(pod))
            .ifPresentOrElse(
                mark -> marks.put(mark.errand(clock.instant())),
                () -> marks.drop(PodMark.path(pod)));
      }
    }

    private Instant lastHeard(NodeName node) {
      return cluster.node(node).flatMap(NodeView::lastHeard).orElse(began);
    }
  }
}
