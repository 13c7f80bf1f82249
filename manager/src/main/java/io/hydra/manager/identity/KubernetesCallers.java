package io.hydra.manager.identity;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.identity.Attested.BoundPod;
import io.hydra.model.NodeName;
import java.util.List;
import java.util.Optional;

/** Makes callers of what a Kubernetes says of their tokens. */
final class KubernetesCallers {
  private final TokenCache cache;
  private final RoleRules roles;
  private final String doctoAccount;

  KubernetesCallers(TokenCache cache, RoleRules roles, String doctoAccount) {
    this.cache = cache;
    this.roles = roles;
    this.doctoAccount = doctoAccount;
  }

  /**
   * Who showed the token.
   *
   * @throws HydraException {@code UNAUTHENTICATED}, or {@code UNAVAILABLE} where nobody can say
   */
  Caller identify(String token) {
    return switch (cache.review(token)) {
      case Review.Accepted(Attested who, var _) -> caller(who);
      case Review.Refused(String why) ->
          throw new HydraException(ErrorCode.UNAUTHENTICATED, "the token is refused: " + why);
    };
  }

  /** As {@link #identify}, as far as it is known already. */
  Optional<Caller> known(String token) {
    return cache.known(token).map(this::caller);
  }

  private Caller caller(Attested who) {
    return new Caller(who.name(), roles.of(who), agent(who).map(List::of).orElse(List.<Agent>of()));
  }

  /** An agent's token is bound to its pod, and that to a node. */
  private Optional<Agent> agent(Attested who) {
    return who.account()
        .flatMap(
            account ->
                who.pod()
                    .flatMap(
                        pod -> pod.node().map(node -> agent(account, pod, NodeName.of(node)))));
  }

  private Agent agent(String account, BoundPod pod, NodeName node) {
    return account.equals(doctoAccount)
        ? new Agent.OfNode(node)
        : new Agent.OfPod(account.substring(0, account.indexOf('/')), pod.name(), pod.uid(), node);
  }
}
