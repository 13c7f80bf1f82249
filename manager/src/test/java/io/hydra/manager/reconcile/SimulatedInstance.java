package io.hydra.manager.reconcile;

import io.hydra.error.ErrorCode;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import io.hydra.model.InstanceId;
import io.hydra.model.PlacedDataset;
import io.hydra.model.ReleaseRef;
import io.hydra.wire.Fault;
import io.hydra.wire.Grant;
import io.hydra.wire.InstanceDesired;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.InstanceState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An instance that obeys as AppMan does, one state a step. */
public final class SimulatedInstance {
  /** A release with what it holds. */
  record Held(ReleaseRef ref, List<PlacedDataset> datasets) {}

  private record Setback(ReleaseRef release, long epoch) {}

  final InstanceId id;
  final SimulatedNode node;
  public final Set<ReleaseRef> refuses = new HashSet<>();
  public boolean alive = true;
  boolean neverReady;
  public InstanceState state = InstanceState.WAITING;
  Optional<Held> serving = Optional.empty();
  Optional<Grant> moving = Optional.empty();
  boolean released;
  boolean letsGoEver;
  public int moves;
  private boolean leftTraffic;
  private boolean emptied;
  private Optional<Setback> setback = Optional.empty();
  private InstanceDesired order = new InstanceDesired(0, Optional.empty());

  public SimulatedInstance(String id, SimulatedNode node) {
    this.id = InstanceId.of(id);
    this.node = node;
  }

  boolean ready() {
    return state == InstanceState.SERVING && !neverReady;
  }

  public boolean isOn(ReleaseRef release) {
    return state == InstanceState.SERVING
        && serving.filter(s -> s.ref().equals(release)).isPresent();
  }

  /** Whether it left traffic to carry out a grant. */
  public boolean isOutByOrder() {
    return leftTraffic && (state == InstanceState.DRAINING || state == InstanceState.RELOADING);
  }

  /** Its process is gone, and with it whatever it had loaded; its agent starts anew. */
  void crash() {
    state = InstanceState.WAITING;
    serving = Optional.empty();
    moving = Optional.empty();
    released = false;
    leftTraffic = false;
    emptied = false;
  }

  /** Its application reads what it serves at this moment. */
  boolean readsItsData() {
    return serving.isPresent() && !released && !emptied;
  }

  public String id() {
    return id.value();
  }

  /** Of the newest order that it has taken up. */
  public long epoch() {
    return order.epoch();
  }

  public void obey(InstanceDesired newest) {
    if (newest.epoch() >= order.epoch() && newest.epoch() > 0) {
      order = newest;
    }
    switch (state) {
      case WAITING, FAILED, SERVING -> begin();
      case DRAINING -> drain();
      case RELOADING -> reload();
    }
  }

  public InstanceReport report() {
    Map<DatasetName, Digest> loaded = new HashMap<>();
    if (state == InstanceState.SERVING || (state == InstanceState.DRAINING && !released)) {
      serving.ifPresent(s -> s.datasets().forEach(d -> loaded.put(d.name(), d.digest())));
    }
    return new InstanceReport(
        order.epoch(),
        state,
        ready(),
        serving.map(Held::ref),
        moving.map(Grant::release),
        released,
        loaded,
        setback.map(Setback::release),
        setback.map(s -> new Fault(ErrorCode.RELOAD_FAILED, "it does not load")));
  }

  private Optional<Grant> wanted() {
    return order
        .grant()
        .filter(
            g ->
                serving.filter(s -> s.ref().equals(g.release())).isEmpty()
                    || state == InstanceState.FAILED)
        .filter(
            g ->
                setback
                    .filter(s -> s.release().equals(g.release()) && g.epoch() <= s.epoch())
                    .isEmpty());
  }

  private void begin() {
    var wanted = serving.isEmpty() ? order.grant() : wanted();
    if (wanted.isEmpty()) {
      if (state == InstanceState.FAILED
          && serving.filter(s -> node.has(s.datasets())).isPresent()) {
        emptied = false;
        state = InstanceState.SERVING;
      }
      return;
    }
    var grant = wanted.get();
    if (grant.letGo() ? !node.hasOnDisk(grant.datasets()) : !node.has(grant.datasets())) {
      return;
    }
    moving = Optional.of(grant);
    moves++;
    letsGoEver |= grant.letGo();
    leftTraffic = state == InstanceState.SERVING;
    state =
        state == InstanceState.SERVING
            ? InstanceState.DRAINING
            : grant.letGo() ? InstanceState.DRAINING : InstanceState.RELOADING;
  }

  private void drain() {
    var aim = aim();
    if (!released && serving.isPresent() && aim.filter(this::isServed).isPresent()) {
      moving = Optional.empty();
      state = InstanceState.SERVING;
      return;
    }
    aim.ifPresent(grant -> moving = aim);
    var grant = moving.orElseThrow();
    if (grant.letGo() && !released) {
      released = true;
      return;
    }
    if (node.has(grant.datasets())) {
      state = InstanceState.RELOADING;
    } else if (!grant.letGo() && !released) {
      moving = Optional.empty();
      state = serving.isPresent() ? InstanceState.SERVING : InstanceState.WAITING;
    }
  }

  /** The newest order, or back to what it served where that has failed or is gone. */
  private Optional<Grant> aim() {
    var obeyed =
        order
            .grant()
            .filter(
                g ->
                    setback
                        .filter(s -> s.release().equals(g.release()) && g.epoch() <= s.epoch())
                        .isEmpty());
    return obeyed.or(() -> serving.map(s -> new Grant(0, s.ref(), s.datasets(), false)));
  }

  private boolean isServed(Grant grant) {
    return serving.filter(s -> s.ref().equals(grant.release())).isPresent();
  }

  private void reload() {
    var grant = moving.orElseThrow();
    moving = Optional.empty();
    released = false;
    if (!refuses.contains(grant.release()) && node.has(grant.datasets())) {
      serving = Optional.of(new Held(grant.release(), grant.datasets()));
      emptied = false;
      state = InstanceState.SERVING;
      setback = setback.filter(s -> s.release().sequence() > grant.release().sequence());
      return;
    }
    setback = Optional.of(new Setback(grant.release(), grant.epoch()));
    emptied = serving.filter(s -> node.has(s.datasets())).isEmpty();
    state = emptied ? InstanceState.FAILED : InstanceState.SERVING;
  }
}
