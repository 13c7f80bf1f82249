package io.hydra.api;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says on the client's side who calls: sends the token that a file holds as {@code Authorization:
 * Bearer}. The file is read anew for each call, since Kubernetes renews the tokens of its pods.
 *
 * @param setting what names the file, for people
 */
public record TokenFile(String setting, Path path) implements ClientRequestFilter {
  /** Fails the call where there is no token, which then is not sent. */
  @Override
  public void filter(ClientRequestContext request) {
    request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + token());
  }

  /**
   * What the file holds.
   *
   * @throws HydraException {@code UNAUTHENTICATED} where that is no token
   */
  public String token() {
    try {
      var token = Files.readString(path).strip();
      if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw unusable("it holds no token");
      }
      return token;
    } catch (NoSuchFileException none) {
      throw unusable("there is no such file");
    } catch (IOException unreadable) {
      throw unusable("it cannot be read (%s)".formatted(unreadable.getClass().getSimpleName()));
    }
  }

  private HydraException unusable(String why) {
    return new HydraException(
        ErrorCode.UNAUTHENTICATED, "%s: %s: %s".formatted(setting, path, why));
  }

  /** The reason a call failed for, if that was {@link #token()}. */
  public static Optional<HydraException> refusal(Throwable failure) {
    for (var cause = Optional.of(failure);
        cause.isPresent();
        cause = cause.map(Throwable::getCause)) {
      if (cause.get() instanceof HydraException refusal) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }

  /** Whether everybody on the way to that address could read the token. */
  public static boolean isOpenTo(URI address) {
    if (!"http".equalsIgnoreCase(address.getScheme())) {
      return false;
    }
    try {
      return !InetAddress.getByName(address.getHost()).isLoopbackAddress();
    } catch (UnknownHostException notKnownYet) {
      return true;
    }
  }
}
