package io.hydra.manager.kubernetes;

import io.hydra.manager.apiserver.ApiObject;
import io.hydra.manager.apiserver.ApiObject.Name;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.apiserver.Followed;
import io.hydra.manager.apiserver.Informer;
import io.hydra.manager.lead.LeadScoped;
import jakarta.annotation.PreDestroy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Follows EndpointSlices and PodDisruptionBudgets of the namespaces that have consumers. */
@LeadScoped
class NamespaceWatch {
  private static final Logger LOG = Logger.getLogger(NamespaceWatch.class);

  private final ApiServer server;
  private final Surroundings surroundings;
  private final Map<String, List<Thread>> followed = new HashMap<>();

  NamespaceWatch(ApiServer server, Surroundings surroundings) {
    this.server = server;
    this.surroundings = surroundings;
  }

  /** Begins or ends with a namespace, if that is due. */
  synchronized void look(String namespace) {
    boolean wanted = surroundings.hasConsumers(namespace);
    if (wanted && !followed.containsKey(namespace)) {
      LOG.infof("follows EndpointSlices and PodDisruptionBudgets namespace=%s", namespace);
      surroundings.forget(namespace);
      followed.put(namespace, List.of(begin(slices(namespace)), begin(budgets(namespace))));
    }
    if (!wanted) {
      Optional.ofNullable(followed.remove(namespace))
          .ifPresent(
              threads -> {
                threads.forEach(Thread::interrupt);
                surroundings.forget(namespace);
              });
    }
  }

  @PreDestroy
  synchronized void stop() {
    followed.values().forEach(threads -> threads.forEach(Thread::interrupt));
  }

  private Informer slices(String namespace) {
    return informer(
        "EndpointSlices",
        "/apis/discovery.k8s.io/v1/namespaces/%s/endpointslices".formatted(namespace),
        new Slices());
  }

  private Informer budgets(String namespace) {
    return informer(
        "PodDisruptionBudgets",
        "/apis/policy/v1/namespaces/%s/poddisruptionbudgets".formatted(namespace),
        new PodDisruptionBudgets(namespace));
  }

  private Informer informer(String what, String path, Informer.Listener listener) {
    return new Informer(server, new Followed(what, path, "", "", object -> true), listener);
  }

  private static Thread begin(Informer informer) {
    return Thread.ofVirtual().name("follow").start(() -> run(informer));
  }

  private static void run(Informer informer) {
    try {
      informer.run();
    } catch (InterruptedException ended) {
      LOG.debug("nobody asks for the namespace any more", ended);
    }
  }

  private final class Slices implements Informer.Listener {
    @Override
    public void put(ApiObject slice) {
      surroundings.putSlice(slice);
    }

    @Override
    public void remove(Name name) {
      surroundings.removeSlice(name);
    }

    @Override
    public void listed() {
      // A slice that is not known yet and one that is not there look the same.
    }
  }

  private final class PodDisruptionBudgets implements Informer.Listener {
    private final String namespace;

    PodDisruptionBudgets(String namespace) {
      this.namespace = namespace;
    }

    @Override
    public void put(ApiObject budget) {
      surroundings.putBudget(budget);
    }

    @Override
    public void remove(Name name) {
      surroundings.removeBudget(name);
    }

    @Override
    public void listed() {
      surroundings.budgetsListed(namespace);
    }
  }
}
