package io.hydra.appman.config;

import io.hydra.error.HydraException;
import io.hydra.layout.NodeLayout;
import io.hydra.model.ChannelId;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes {@link Settings} of the configuration, or names every property that is wrong at once. */
public final class SettingsReader {
  private static final Pattern SIGNAL = Pattern.compile("[A-Z][A-Z0-9+-]{1,11}|[0-9]{1,2}");

  private final List<String> objections = new ArrayList<>();
  private final Supplier<String> hostName;

  /**
   * @param hostName asked only where the instance or the node has no name of its own
   */
  public SettingsReader(Supplier<String> hostName) {
    this.hostName = hostName;
  }

  /**
   * @throws ConfigurationException naming every property that is missing or wrong
   */
  public Settings read(
      InstanceConfig instance,
      ManagerConfig manager,
      LayoutConfig layout,
      ApplicationConfig application,
      DrainConfig drain,
      ReloadConfig reload) {
    var id = name("hydra.instance.id", instance.id(), InstanceId::new);
    var node = name("hydra.instance.node", instance.node(), NodeName::new);
    var channel = channel(instance.channel());
    var url = url("hydra.manager.url", Optional.of(manager.url()));
    var way = way(application);
    var hooks =
        new Settings.Hooks(
            url("hydra.app.loaded-url", application.loadedUrl()),
            url("hydra.app.ready-url", application.readyUrl()),
            url("hydra.app.in-flight-url", application.inFlightUrl()),
            positive("hydra.app.timeout", application.timeout()),
            positive("hydra.app.poll", application.poll()));
    notNegative("hydra.drain.settle", drain.settle());
    notNegative("hydra.drain.deadline", drain.deadline());
    positive("hydra.reload.deadline", reload.deadline());
    notNegative("hydra.app.stop-deadline", application.stopDeadline());
    refuseIfAnyIsWrong();
    return new Settings(
        id.orElseThrow(),
        channel.orElseThrow(),
        node.orElseThrow(),
        new NodeLayout(absolute(layout.root()), layout.ramRoot().map(SettingsReader::absolute)),
        absolute(layout.dir()),
        url.orElseThrow(),
        manager.grace(),
        way.orElseThrow(),
        hooks,
        application.stopDeadline(),
        new Settings.Timing(drain.settle(), drain.deadline(), reload.deadline()));
  }

  private void refuseIfAnyIsWrong() {
    if (!objections.isEmpty()) {
      throw new ConfigurationException(
          "AppMan cannot start:\n  - " + String.join("\n  - ", objections));
    }
  }

  private <T> Optional<T> name(String property, Optional<String> value, Function<String, T> type) {
    return parsed(property, value.orElseGet(hostName), type);
  }

  private Optional<ChannelId> channel(Optional<String> value) {
    if (value.isEmpty()) {
      objections.add(
          "hydra.instance.channel is missing: the channel whose releases this instance serves,"
              + " written env/namespace/name");
      return Optional.empty();
    }
    return parsed("hydra.instance.channel", value.get(), ChannelId::parse);
  }

  private <T> Optional<T> parsed(String property, String value, Function<String, T> type) {
    try {
      return Optional.of(type.apply(value));
    } catch (HydraException e) {
      objections.add(property + ": " + e.detail());
      return Optional.empty();
    }
  }

  private Optional<ReloadWay> way(ApplicationConfig application) {
    if (application.reload() != ReloadMode.RESTART
        && (application.command().isPresent() || application.restartCommand().isPresent())) {
      objections.add(
          "hydra.app.command and hydra.app.restart-command are for hydra.app.reload=restart only");
    }
    return switch (application.reload()) {
      case WATCH -> Optional.of(new ReloadWay.Watch());
      case EVICT -> Optional.of(new ReloadWay.Evict());
      case HTTP ->
          required("hydra.app.reload-url", "http", application.reloadUrl())
              .flatMap(text -> url("hydra.app.reload-url", Optional.of(text)))
              .map(ReloadWay.Http::new);
      case SIGNAL -> signal(application);
      case RESTART -> restart(application);
    };
  }

  private Optional<ReloadWay> signal(ApplicationConfig application) {
    if (!SIGNAL.matcher(application.signal()).matches()) {
      objections.add(
          "hydra.app.signal '%s' must be a signal's name without SIG, such as HUP, or its number"
              .formatted(application.signal()));
    }
    return addressee(application).map(to -> new ReloadWay.Signal(application.signal(), to));
  }

  private Optional<ReloadWay.Addressee> addressee(ApplicationConfig application) {
    var file = application.pidFile();
    var variable = application.process();
    if (file.isPresent() && variable.isPresent()) {
      objections.add("hydra.app.pid-file and hydra.app.process are two ways to name one process");
      return Optional.empty();
    }
    if (variable.isEmpty()) {
      return required("hydra.app.pid-file", "signal", file)
          .map(path -> new ReloadWay.Addressee.PidFile(absolute(path)));
    }
    int equals = variable.get().indexOf('=');
    if (equals < 1) {
      objections.add("hydra.app.process '%s' must be NAME=VALUE".formatted(variable.get()));
      return Optional.empty();
    }
    return Optional.of(
        new ReloadWay.Addressee.Marked(
            variable.get().substring(0, equals), variable.get().substring(equals + 1)));
  }

  private Optional<ReloadWay> restart(ApplicationConfig application) {
    var child = application.command().filter(words -> !words.isEmpty());
    var command = application.restartCommand().filter(words -> !words.isEmpty());
    if (child.isPresent() == command.isPresent()) {
      objections.add(
          "hydra.app.reload=restart needs either hydra.app.command (AppMan runs the application)"
              + " or hydra.app.restart-command (a command that restarts it)");
      return Optional.empty();
    }
    return child.<ReloadWay>map(ReloadWay.Child::new).or(() -> command.map(ReloadWay.Command::new));
  }

  private <T> Optional<T> required(String property, String mode, Optional<T> value) {
    if (value.isEmpty()) {
      objections.add("%s is missing: hydra.app.reload=%s needs it".formatted(property, mode));
    }
    return value;
  }

  private Optional<URI> url(String property, Optional<String> value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      var uri = URI.create(value.get());
      if (isHttp(uri.getScheme()) && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException notOne) {
      // falls through to the one objection for all that is no address
    }
    objections.add(
        "%s '%s' must be an http:// or https:// address".formatted(property, value.get()));
    return Optional.empty();
  }

  private static boolean isHttp(@Nullable String scheme) {
    return "http".equals(scheme) || "https".equals(scheme);
  }

  private Duration positive(String property, Duration value) {
    if (!value.isPositive()) {
      objections.add(property + " must be longer than nothing");
    }
    return value;
  }

  private void notNegative(String property, Duration value) {
    if (value.isNegative()) {
      objections.add(property + " must not be negative");
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
