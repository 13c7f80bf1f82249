package io.hydra.cli.client;

import io.hydra.api.ChannelsApi;
import io.hydra.api.InstancesApi;
import io.hydra.api.ManifestsApi;
import io.hydra.api.NodesApi;
import io.hydra.api.ProblemReader;
import io.hydra.api.StateApi;
import io.hydra.api.TokenFile;
import io.hydra.api.UptimeApi;
import io.hydra.cli.CliFailure;
import io.hydra.cli.config.ManagerAddress;
import io.hydra.error.HydraException;
import io.hydra.tls.Tls;
import io.hydra.tls.TlsRefusal;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A manager behind HTTP. Clients are built when first needed. */
public final class RestManager implements Manager {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** A publish lists buckets, and hashes files where their source has no checksums. */
  private static final Duration PATIENT_ANSWER = Duration.ofMinutes(15);

  /** Three times as long as a manager is silent at most. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final ManagerAddress address;
  private final StaleAnswers stale;
  private final Map<String, Object> clients = new HashMap<>();

  /**
   * @param warnings told of what is wrong with answers that are taken nevertheless
   */
  public RestManager(ManagerAddress address, Consumer<String> warnings) {
    this.address = address;
    this.stale = new StaleAnswers(warnings);
  }

  @Override
  public <T> T channels(Function<ChannelsApi, T> call) {
    return ask(ChannelsApi.class, ANSWER, call);
  }

  @Override
  public <T> T patiently(Function<ChannelsApi, T> call) {
    return ask(ChannelsApi.class, PATIENT_ANSWER, call);
  }

  @Override
  public <T> T nodes(Function<NodesApi, T> call) {
    return ask(NodesApi.class, ANSWER, call);
  }

  @Override
  public <T> T instances(Function<InstancesApi, T> call) {
    return ask(InstancesApi.class, ANSWER, call);
  }

  @Override
  public <T> T uptime(Function<UptimeApi, T> call) {
    return ask(UptimeApi.class, ANSWER, call);
  }

  @Override
  public <T> T manifests(Function<ManifestsApi, T> call) {
    return ask(ManifestsApi.class, ANSWER, call);
  }

  @Override
  public <T> T state(Function<StateApi, T> call) {
    return ask(StateApi.class, ANSWER, call);
  }

  @Override
  public <T> T events(Function<EventsApi, T> call) {
    return ask(EventsApi.class, SILENCE, call);
  }

  private <A, T> T ask(Class<A> api, Duration patience, Function<A, T> call) {
    requireToken();
    try {
      return call.apply(client(api, patience));
    } catch (ProcessingException unanswered) {
      throw Unreachable.by(address, unanswered, patience);
    } catch (WebApplicationException notOurs) {
      throw Unreachable.notAManager(address, notOurs);
    }
  }

  /** A file that holds none is the user's mistake, and no refusal of the manager. */
  private void requireToken() {
    try {
      address.token().ifPresent(TokenFile::token);
    } catch (HydraException unusable) {
      throw CliFailure.usage(unusable.detail());
    }
  }

  private <A> A client(Class<A> api, Duration patience) {
    return api.cast(clients.computeIfAbsent(api.getName() + patience, key -> build(api, patience)));
  }

  private Optional<Tls> secure() {
    try {
      return address.tls().to(address.uri(), "the manager's address");
    } catch (TlsRefusal unusable) {
      throw CliFailure.usage(String.valueOf(unusable.getMessage()));
    }
  }

  private <A> A build(Class<A> api, Duration patience) {
    var builder = QuarkusRestClientBuilder.newBuilder();
    secure().ifPresent(tls -> builder.tlsConfiguration(tls.forQuarkus()));
    address.token().ifPresent(builder::register);
    return builder
        .baseUri(address.uri())
        .connectTimeout(CONNECT.toMillis(), TimeUnit.MILLISECONDS)
        .readTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .followRedirects(true)
        .register(new ProblemReader())
        .register(stale)
        .build(api);
  }
}
