package io.hydra.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the one identity that there is now, whatever authorities the other side names: a wrong one
 * is then told as such.
 */
final class ShowingKeyManager extends X509ExtendedKeyManager {
  /** A handshake under way keeps what it began with. */
  private static final int REMEMBERED = 3;

  private record Shown(String alias, Identity identity) {}

  private final Supplier<Identity> identity;
  private final Deque<Shown> shown = new ArrayDeque<>();
  private long count;

  ShowingKeyManager(Supplier<Identity> identity) {
    this.identity = identity;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyTypes);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return aliases(keyType);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    var known = find(alias);
    return known == null ? null : known.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    var known = find(alias);
    return known == null ? null : known.key();
  }

  private String @Nullable [] aliases(String keyType) {
    var alias = alias(keyType);
    return alias == null ? null : new String[] {alias};
  }

  private synchronized @Nullable String alias(String... keyTypes) {
    var now = identity.get();
    if (!List.of(keyTypes).contains(now.key().getAlgorithm())) {
      return null;
    }
    var newest = shown.peekFirst();
    if (newest == null || !newest.identity().equals(now)) {
      newest = new Shown("identity-" + count++, now);
      shown.addFirst(newest);
      while (shown.size() > REMEMBERED) {
        shown.removeLast();
      }
    }
    return newest.alias();
  }

  private synchronized @Nullable Identity find(String alias) {
    for (var known : shown) {
      if (known.alias().equals(alias)) {
        return known.identity();
      }
    }
    return null;
  }
}
