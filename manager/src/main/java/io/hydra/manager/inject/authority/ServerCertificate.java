package io.hydra.manager.inject.authority;

import io.hydra.tls.Identity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The webhook's certificate. It lives in memory only and is made anew long before it expires, when
 * another authority signs, and at each start; clients notice nothing of it, as they trust the
 * authorities.
 */
public final class ServerCertificate {
  /** It is made anew when two thirds of that are over. */
  static final Duration VALIDITY = Duration.ofDays(30);

  private final AuthoritySecret secret;
  private final TrustedBundle bundle;
  private final List<String> names;
  private final Clock clock;
  private volatile Optional<Issued> issued = Optional.empty();
  private volatile Authorities trusted = Authorities.NONE;

  private record Issued(Identity identity, Authority by, Instant until) {
    boolean serves(Authority signer, Instant now) {
      return by.equals(signer) && now.isBefore(until.minus(VALIDITY.dividedBy(3)));
    }
  }

  /** Where things are at the API server. */
  public record Paths(String secret, String configuration) {}

  /**
   * @param names of the server, as clients call it
   */
  public ServerCertificate(ClusterObjects objects, Paths paths, List<String> names, Clock clock) {
    this.secret = new AuthoritySecret(objects, paths.secret());
    this.bundle = new TrustedBundle(objects, paths.configuration());
    this.names = List.copyOf(names);
    this.clock = clock;
  }

  /**
   * Looks whether everything is as it should be, and sees to it. To be called now and then, and
   * when something has changed.
   *
   * @return whether clients had been told something else
   */
  public boolean keep() throws IOException, InterruptedException {
    var now = clock.instant();
    var authorities = secret.renewed(now);
    boolean repaired = bundle.ensure(authorities);
    trusted = authorities;
    var signer = authorities.signer(now);
    if (issued.filter(shown -> shown.serves(signer, now)).isEmpty()) {
      var until = earlier(now.plus(VALIDITY), signer.until());
      var identity = signer.issue(names, now, Duration.between(now, until));
      issued = Optional.of(new Issued(identity, signer, until));
    }
    return repaired;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  public boolean isThere() {
    return issued.isPresent();
  }

  /** Whom clients trust, in PEM. */
  public String authorities() {
    return trusted.certificates();
  }

  /** How long it is still valid; nothing, where there is none. */
  public Duration remaining() {
    return issued
        .map(shown -> Duration.between(clock.instant(), shown.until()))
        .orElse(Duration.ZERO);
  }

  /** What a server shows now. */
  public Identity identity() {
    return issued.orElseThrow().identity();
  }
}
