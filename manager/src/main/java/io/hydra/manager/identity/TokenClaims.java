package io.hydra.manager.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a token says of itself (RFC 7519), which proves nothing: only what need not be asked about
 * is decided by it.
 */
record TokenClaims(Set<String> audiences, Instant expires) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Empty where that is no JWT, or one that never ends. */
  static Optional<TokenClaims> of(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      if (!claims.path("exp").isNumber()) {
        return Optional.empty();
      }
      var audiences = new HashSet<String>();
      var audience = claims.path("aud");
      if (audience.isTextual()) {
        audiences.add(audience.asText());
      }
      audience.forEach(one -> audiences.add(one.asText()));
      return Optional.of(
          new TokenClaims(audiences, Instant.ofEpochSecond(claims.path("exp").asLong())));
    } catch (IOException | RuntimeException noClaims) {
      return Optional.empty();
    }
  }
}
