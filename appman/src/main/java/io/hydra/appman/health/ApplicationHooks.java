package io.hydra.appman.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.appman.config.ReloadWay;
import io.hydra.appman.config.Settings;
import io.hydra.appman.health.HookClient.Answer;
import io.hydra.error.HydraException;
import io.hydra.model.DatasetName;
import io.hydra.model.Digest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Asks the application, over the hooks that it has, how it is. */
public final class ApplicationHooks implements ApplicationMonitor.Source {
  private final Settings.Hooks hooks;
  private final Optional<URI> reload;
  private final HookClient client;
  private final ObjectMapper json;

  /** The body that the loaded hook answers. */
  public record Loaded(Map<DatasetName, Digest> datasets) {}

  public ApplicationHooks(Settings settings, HookClient client, ObjectMapper json) {
    this.hooks = settings.hooks();
    this.reload =
        settings.reload() instanceof ReloadWay.Http http
            ? Optional.of(http.url())
            : Optional.empty();
    this.client = client;
    this.json = json;
  }

  @Override
  public boolean tellsWhatIsLoaded() {
    return hooks.loaded().isPresent();
  }

  @Override
  public ApplicationView look() throws InterruptedException {
    var ready = asked(hooks.ready());
    if (ready.isPresent() && ready.get() instanceof Answer.Unreachable) {
      return unreachable(hooks.ready(), false);
    }
    var loaded = asked(hooks.loaded());
    if (loaded.isPresent() && loaded.get() instanceof Answer.Unreachable) {
      return unreachable(hooks.loaded(), isRefusal(ready));
    }
    if (ready.isEmpty() && loaded.isEmpty() && reload.isPresent() && !listens(reload.get())) {
      return unreachable(reload, false);
    }
    var objection = ready.flatMap(ApplicationHooks::objection);
    return new ApplicationView(
        isRefusal(ready) || (isAnswer(ready) && isAnswer(loaded)),
        true,
        objection.isEmpty(),
        loaded.flatMap(this::digests),
        objection.map(why -> "its ready hook answers " + why));
  }

  private Optional<Answer> asked(Optional<URI> hook) throws InterruptedException {
    return hook.isEmpty() ? Optional.empty() : Optional.of(client.get(hook.get(), hooks.timeout()));
  }

  private static ApplicationView unreachable(Optional<URI> hook, boolean answered) {
    var detail = hook.map(uri -> "nothing listens at " + uri);
    return new ApplicationView(answered, false, false, Optional.empty(), detail);
  }

  /** Also where there is no such hook. */
  private static boolean isAnswer(Optional<Answer> asked) {
    return asked.isEmpty() || asked.get() instanceof Answer.Answered;
  }

  private static boolean isRefusal(Optional<Answer> asked) {
    return asked.isPresent()
        && asked.get() instanceof Answer.Answered answered
        && !answered.successful();
  }

  private static Optional<String> objection(Answer answer) {
    return switch (answer) {
      case Answer.Answered answered when answered.successful() -> Optional.empty();
      case Answer.Answered answered -> Optional.of("HTTP status " + answered.status());
      case Answer.Unreachable gone -> Optional.of(gone.why());
      case Answer.Broken broken -> Optional.of(broken.why());
    };
  }

  private Optional<Map<DatasetName, Digest>> digests(Answer answer) {
    if (!(answer instanceof Answer.Answered answered) || !answered.successful()) {
      return Optional.empty();
    }
    try {
      var loaded = json.readValue(answered.body(), Loaded.class);
      // An application that has nothing may leave the field out.
      return Optional.of(Optional.ofNullable(loaded.datasets()).orElse(Map.of()));
    } catch (JsonProcessingException | HydraException unreadable) {
      return Optional.empty();
    }
  }

  private boolean listens(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(uri.getHost(), port), Math.toIntExact(hooks.timeout().toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
