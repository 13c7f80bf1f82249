package io.hydra.manager.identity;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.apiserver.ApiServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Finds out who calls. Made at the start, so that a wrong setting ends it. */
@ApplicationScoped
public class Authentication {
  private static final String SCHEME = "bearer ";

  private final Optional<StaticTokens> tokens;
  private final Optional<KubernetesCallers> kubernetes;
  private final Optional<Caller> anonymous;

  public Authentication(
      IdentityConfig config, Listener listener, Instance<ApiServer> server, Clock clock) {
    this.tokens = config.tokensFile().map(path -> new StaticTokens(path, clock));
    this.kubernetes =
        config.kubernetes().enabled()
            ? Optional.of(kubernetes(config.kubernetes(), server.get(), clock))
            : Optional.empty();
    this.anonymous = new Anonymity(config, listener).role().map(Caller::anonymous);
  }

  private static KubernetesCallers kubernetes(
      IdentityConfig.Kubernetes config, ApiServer server, Clock clock) {
    return new KubernetesCallers(
        new TokenCache(
            new TokenReviews(server, config.audience(), clock),
            new TokenCache.Limits(config.cache(), config.cacheWithoutApiServer()),
            clock),
        new RoleRules(config.rolesFile(), clock),
        config.doctoAccount());
  }

  /**
   * Who calls.
   *
   * @param authorization that header, where there is one
   * @throws HydraException {@code UNAUTHENTICATED}; {@code UNAVAILABLE} where it cannot be found
   *     out now
   */
  public Caller identify(Optional<String> authorization) {
    if (isAnonymous(authorization)) {
      return anonymous.orElseThrow(
          () ->
              refused(
                  "the call does not say who makes it: Authorization: Bearer TOKEN is missing"));
    }
    return byToken(
        token(authorization.get())
            .orElseThrow(() -> refused("the header Authorization must be written: Bearer TOKEN")));
  }

  /** As {@link #identify}, without waiting: empty also where somebody would have to be asked. */
  public Optional<Caller> known(Optional<String> authorization) {
    if (isAnonymous(authorization)) {
      return anonymous;
    }
    var token = authorization.flatMap(Authentication::token);
    return token
        .flatMap(text -> tokens.flatMap(file -> file.find(text)))
        .or(() -> token.flatMap(text -> kubernetes.flatMap(callers -> callers.known(text))));
  }

  private boolean isAnonymous(Optional<String> authorization) {
    return authorization.isEmpty() || (tokens.isEmpty() && kubernetes.isEmpty());
  }

  private static Optional<String> token(String header) {
    return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        ? Optional.of(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private Caller byToken(String token) {
    var known = tokens.flatMap(file -> file.find(token));
    if (known.isPresent()) {
      return known.get();
    }
    return kubernetes
        .orElseThrow(() -> refused("the token is not one that this manager knows"))
        .identify(token);
  }

  /** For the log: who can be told apart. */
  String summary() {
    return "kubernetes=%s static-tokens=%d anonymous=%s"
        .formatted(
            kubernetes.isPresent(),
            tokens.map(StaticTokens::size).orElse(0),
            anonymous.map(who -> who.grants().getFirst().role().written()).orElse("none"));
  }

  private static HydraException refused(String why) {
    return new HydraException(ErrorCode.UNAUTHENTICATED, why);
  }
}
