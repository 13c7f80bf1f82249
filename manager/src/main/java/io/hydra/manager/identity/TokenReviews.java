package io.hydra.manager.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hydra.manager.apiserver.ApiServer;
import io.hydra.manager.identity.Attested.BoundPod;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** Asks the API server about tokens. */
final class TokenReviews implements TokenCache.Check {
  private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
  private static final int MOST_AT_ONCE = 32;
  private static final String CLAIM = "authentication.kubernetes.io/";

  private final ApiServer server;
  private final String audience;
  private final Clock clock;

  /** After a start, all agents come at once. */
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE);

  TokenReviews(ApiServer server, String audience, Clock clock) {
    this.server = server;
    this.audience = audience;
    this.clock = clock;
  }

  @Override
  public Review ask(String token) throws IOException, InterruptedException {
    var claims = TokenClaims.of(token);
    if (claims.isEmpty()) {
      return new Review.Refused("it is not one that this manager knows, nor one of Kubernetes");
    }
    // What the API server would refuse anyhow is not asked of it.
    if (!claims.get().audiences().contains(audience)) {
      return new Review.Refused("it is not meant for the audience '%s'".formatted(audience));
    }
    if (!clock.instant().isBefore(claims.get().expires())) {
      return new Review.Refused("it has expired");
    }
    var status = answer(token).path("status");
    if (!status.path("authenticated").asBoolean()
        || !strings(status, "audiences").contains(audience)) {
      return new Review.Refused("Kubernetes does not vouch for it");
    }
    return new Review.Accepted(attested(status.path("user")), claims.get().expires());
  }

  private JsonNode answer(String token) throws IOException, InterruptedException {
    turns.acquire();
    try {
      return server.post(PATH, question(token));
    } finally {
      turns.release();
    }
  }

  private JsonNode question(String token) {
    var review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenReview");
    review.putObject("spec").put("token", token).putArray("audiences").add(audience);
    return review;
  }

  private static Attested attested(JsonNode user) {
    var claims = user.path("extra");
    var pod =
        claim(claims, "pod-name")
            .flatMap(
                name ->
                    claim(claims, "pod-uid")
                        .map(uid -> new BoundPod(name, uid, claim(claims, "node-name"))));
    return new Attested(user.path("username").asText(), strings(user, "groups"), pod);
  }

  private static Optional<String> claim(JsonNode claims, String name) {
    return Optional.of(claims.path(CLAIM + name).path(0).asText()).filter(text -> !text.isEmpty());
  }

  private static Set<String> strings(JsonNode object, String field) {
    var all = new HashSet<String>();
    object.path(field).forEach(text -> all.add(text.asText()));
    return Set.copyOf(all);
  }
}
