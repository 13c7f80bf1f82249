package io.hydra.appman;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.api.TokenFile;
import io.hydra.appman.config.ApplicationConfig;
import io.hydra.appman.config.DrainConfig;
import io.hydra.appman.config.InstanceConfig;
import io.hydra.appman.config.LayoutConfig;
import io.hydra.appman.config.ManagerConfig;
import io.hydra.appman.config.ReloadConfig;
import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.config.Settings;
import io.hydra.appman.config.SettingsReader;
import io.hydra.appman.config.TlsConfig;
import io.hydra.appman.drain.Drain;
import io.hydra.appman.drain.EndpointWatch;
import io.hydra.appman.drain.InFlightHook;
import io.hydra.appman.health.ApplicationHooks;
import io.hydra.appman.health.ApplicationMonitor;
import io.hydra.appman.health.HookClient;
import io.hydra.appman.health.InstanceReadiness;
import io.hydra.appman.lifecycle.DirectoryLock;
import io.hydra.appman.lifecycle.Lifecycle;
import io.hydra.appman.lifecycle.Planner;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.lifecycle.Restart;
import io.hydra.appman.lifecycle.StateFile;
import io.hydra.appman.pace.Pause;
import io.hydra.appman.pace.Signal;
import io.hydra.appman.reload.ChildProcess;
import io.hydra.appman.reload.ChildReloader;
import io.hydra.appman.reload.CommandReloader;
import io.hydra.appman.reload.CurrentLink;
import io.hydra.appman.reload.HttpReloader;
import io.hydra.appman.reload.NodeData;
import io.hydra.appman.reload.ReloadCheck;
import io.hydra.appman.reload.Reloader;
import io.hydra.appman.reload.SignalReloader;
import io.hydra.appman.reload.WatchReloader;
import io.hydra.appman.report.Notice;
import io.hydra.appman.report.ReportComposer;
import io.hydra.appman.report.Reporter;
import io.hydra.appman.report.Trouble;
import io.hydra.appman.target.ManagerConnection;
import io.hydra.appman.target.ManagersEviction;
import io.hydra.appman.target.NodeFallback;
import io.hydra.appman.target.OrderFeed;
import io.hydra.appman.target.Orders;
import io.hydra.appman.target.Registration;
import io.hydra.tls.ClientTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.function.Predicate;

/** Puts the parts together. */
@Singleton
class Wiring {
  private final Changes changes = new Changes(new Signal(), new Signal());
  private final Clock clock = Clock.systemUTC();
  private final Pause pause = Thread::sleep;

  @Produces
  Changes changes() {
    return changes;
  }

  @Produces
  Clock clock() {
    return clock;
  }

  @Produces
  Pause pause() {
    return pause;
  }

  @Produces
  @Singleton
  Settings settings(
      InstanceConfig instance,
      ManagerConfig manager,
      LayoutConfig layout,
      ApplicationConfig application,
      DrainConfig drain,
      ReloadConfig reload) {
    return new SettingsReader(Wiring::hostName)
        .read(instance, manager, layout, application, drain, reload);
  }

  @Produces
  @Singleton
  DirectoryLock lock(Settings settings) {
    return DirectoryLock.take(settings.directory());
  }

  @Produces
  @Singleton
  StateFile stateFile(Settings settings, DirectoryLock lock, ObjectMapper json) {
    if (!lock.isHeld()) {
      throw new IllegalStateException("the directory's lock is gone");
    }
    return StateFile.open(settings.directory(), json);
  }

  @Produces
  @Singleton
  CurrentLink current(Settings settings) {
    return new CurrentLink(settings.directory(), new NodeData(settings.layout()));
  }

  @Produces
  @Singleton
  HookClient hookClient(Vertx vertx) {
    return new HookClient(vertx);
  }

  @Produces
  @Singleton
  Reloader reloader(
      Settings settings,
      CurrentLink current,
      StateFile file,
      HookClient client,
      ObjectMapper json) {
    return switch (settings.reload()) {
      case ReloadWay.Http http ->
          new HttpReloader(
              http.url(),
              settings.channel(),
              new NodeData(settings.layout()),
              client,
              json,
              clock,
              pause);
      case ReloadWay.Signal signal -> new SignalReloader(signal, clock, pause);
      case ReloadWay.Child child ->
          new ChildReloader(
              new ChildProcess(child.command(), current.path(), file, changes::happened),
              settings.stopDeadline());
      case ReloadWay.Command command ->
          new CommandReloader(command.command(), current.path(), clock);
      // Whatever it finds when it starts is what it serves.
      case ReloadWay.Evict _, ReloadWay.Watch _ -> new WatchReloader();
    };
  }

  @Produces
  @Singleton
  ApplicationMonitor monitor(Settings settings, HookClient client, ObjectMapper json) {
    return new ApplicationMonitor(new ApplicationHooks(settings, client, json), changes::happened);
  }

  @Produces
  @Singleton
  Lifecycle lifecycle(
      Settings settings, StateFile file, CurrentLink current, MeterRegistry meters) {
    boolean reads = !(settings.reload() instanceof ReloadWay.Http);
    boolean tells = settings.hooks().loaded().isPresent();
    // What the hook says is asked before readiness is up; without one, only an application that
    // reads `current` by itself can be trusted to have what that leads to.
    Predicate<ReleaseSet> trusted = release -> current.leadsTo(release) && (reads || tells);
    var data = new NodeData(settings.layout());
    var initial = new Restart(data::hasAllOf, trusted).from(file.read(), clock.instant());
    return new Lifecycle(file, initial, meters, changes::happened);
  }

  @Produces
  @Singleton
  Orders orders(StateFile file) {
    return new Orders(file, changes::happened);
  }

  @Produces
  @Singleton
  Trouble trouble() {
    return new Trouble(changes.reporter()::raise);
  }

  @Produces
  @Singleton
  EndpointWatch endpoint(Settings settings, ManagerConnection manager) {
    return new EndpointWatch(
        settings.instance(), manager, changes.conductor()::raise, clock, pause);
  }

  @Produces
  @Singleton
  Drain drain(Settings settings, EndpointWatch endpoint, HookClient client) {
    return new Drain(settings.timing(), endpoint, new InFlightHook(settings.hooks(), client));
  }

  @Produces
  @Singleton
  InstanceReadiness readiness(
      Lifecycle lifecycle, ApplicationMonitor monitor, Reloader reloader, MeterRegistry meters) {
    var readiness = new InstanceReadiness(lifecycle, monitor, reloader::isStopped);
    meters.gauge("hydra.appman.ready", readiness, up -> up.isUp() ? 1 : 0);
    return readiness;
  }

  @Produces
  @Singleton
  Conductor conductor(
      Settings settings,
      Lifecycle lifecycle,
      Orders orders,
      CurrentLink current,
      Reloader reloader,
      ApplicationMonitor monitor,
      Drain drain,
      Trouble trouble,
      ManagerConnection manager,
      ObjectMapper json) {
    var data = new NodeData(settings.layout());
    var check =
        new ReloadCheck(
            monitor, reloader, settings.reload(), settings.hooks().timeout(), clock, pause);
    return new Conductor(
        lifecycle,
        new Planner(
            !(settings.reload() instanceof ReloadWay.Watch),
            settings.reload() instanceof ReloadWay.Evict),
        orders,
        new NodeFallback(settings.layout(), settings.channel(), json),
        data,
        monitor,
        drain,
        new Mover(lifecycle, current, data, reloader, check, monitor, settings, clock),
        new Replacement(
            new ManagersEviction(settings.instance(), manager),
            settings.timing().reloadDeadline(),
            clock),
        trouble,
        clock,
        settings.managerGrace());
  }

  @Produces
  @Singleton
  ManagerConnection manager(Settings settings, ManagerConfig config, TlsConfig tls) {
    return ManagerConnection.to(
        settings.manager(),
        ClientTls.of("hydra.tls", tls),
        config.tokenFile().map(file -> new TokenFile("hydra.manager.token-file", file)));
  }

  @Produces
  @Singleton
  Registration registration(Settings settings, ManagerConnection manager) {
    return new Registration(manager.calls(), settings.registration());
  }

  @Produces
  @Singleton
  OrderFeed feed(
      Settings settings, ManagerConnection manager, Registration registration, Orders orders) {
    return new OrderFeed(settings.instance(), manager, registration, orders, clock, pause);
  }

  @Produces
  @Singleton
  Reporter reporter(
      Settings settings,
      ManagerConnection manager,
      Registration registration,
      Lifecycle lifecycle,
      Orders orders,
      InstanceReadiness readiness,
      ApplicationMonitor monitor,
      Trouble trouble) {
    var notice = new Notice(settings.timing().settle(), clock);
    return new Reporter(
        settings.instance(),
        manager,
        registration,
        new ReportComposer(lifecycle, orders, readiness, monitor, trouble, notice));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // No network says so; the name then cannot be checked and the start-up check asks for one.
      return "";
    }
  }
}
