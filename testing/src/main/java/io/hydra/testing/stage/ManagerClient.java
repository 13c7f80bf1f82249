package io.hydra.testing.stage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.error.HydraException;
import io.hydra.error.Problem;
import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.Digest;
import io.hydra.model.Manifest;
import io.hydra.model.NodeName;
import io.hydra.model.ReleaseVersion;
import io.hydra.model.ScopeName;
import io.hydra.testing.process.Http;
import io.hydra.wire.ChannelStatus;
import io.hydra.wire.ChannelView;
import io.hydra.wire.HydraJson;
import io.hydra.wire.ManagerInfo;
import io.hydra.wire.NodeDesired;
import io.hydra.wire.NodeRegistration;
import io.hydra.wire.NodeReport;
import io.hydra.wire.NodeView;
import io.hydra.wire.Page;
import io.hydra.wire.PinRequest;
import io.hydra.wire.PromoteRequest;
import io.hydra.wire.PublishRequest;
import io.hydra.wire.PublishResult;
import io.hydra.wire.ReleaseView;
import io.hydra.wire.RollbackRequest;
import io.hydra.wire.UptimeForecast;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Talks to the manager as any HTTP client would. Refusals come back as the exceptions that they
 * were made from; a manager that does not answer as {@link UncheckedIOException}.
 */
public final class ManagerClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI base;
  private final Optional<String> token;
  private final Duration timeout;
  private final ObjectMapper json = HydraJson.mapper();

  public ManagerClient(URI base) {
    this(base, Optional.empty());
  }

  /**
   * @param timeout after which a call is given up
   */
  public ManagerClient(URI base, Duration timeout) {
    this(base, Optional.empty(), timeout);
  }

  /**
   * @param token that says who calls
   */
  public ManagerClient(URI base, Optional<String> token) {
    this(base, token, TIMEOUT);
  }

  private ManagerClient(URI base, Optional<String> token, Duration timeout) {
    this.base = base;
    this.token = token;
    this.timeout = timeout;
  }

  public URI base() {
    return base;
  }

  public ManagerInfo info() {
    return read(call("GET", "/manager", Optional.empty()), new TypeReference<>() {});
  }

  public ChannelView putChannel(ChannelId channel, ChannelSettings settings) {
    return read(
        call("PUT", "/channels/" + channel, Optional.of(settings)), new TypeReference<>() {});
  }

  public PublishResult publish(ChannelId channel, PublishRequest request) {
    return read(
        call("POST", "/channels/" + channel + "/releases", Optional.of(request)),
        new TypeReference<>() {});
  }

  public ChannelStatus status(ChannelId channel) {
    return read(
        call("GET", "/channels/" + channel + "/status", Optional.empty()),
        new TypeReference<>() {});
  }

  public List<ReleaseView> releases(ChannelId channel) {
    Page<ReleaseView> page =
        read(
            call("GET", "/channels/" + channel + "/releases", Optional.empty()),
            new TypeReference<>() {});
    return page.items();
  }

  /**
   * @param now from when on; the manager's own time when empty
   */
  public UptimeForecast uptime(Optional<String> now) {
    var query =
        now.map(time -> "?now=" + URLEncoder.encode(time, StandardCharsets.UTF_8)).orElse("");
    return read(call("GET", "/uptime" + query, Optional.empty()), new TypeReference<>() {});
  }

  public List<NodeView> nodes() {
    Page<NodeView> page = read(call("GET", "/nodes", Optional.empty()), new TypeReference<>() {});
    return page.items();
  }

  public NodeView putNode(NodeRegistration node) {
    return read(call("PUT", "/nodes/" + node.name(), Optional.of(node)), new TypeReference<>() {});
  }

  public void report(NodeName node, NodeReport report) {
    call("POST", "/nodes/" + node + "/report", Optional.of(report));
  }

  public NodeDesired desired(NodeName node) {
    return read(
        call("GET", "/nodes/" + node + "/desired", Optional.empty()), new TypeReference<>() {});
  }

  public Manifest manifest(Digest digest) {
    return read(call("GET", "/manifests/" + digest, Optional.empty()), new TypeReference<>() {});
  }

  public ChannelView pin(ChannelId channel, ReleaseVersion version) {
    return pin(channel, version, Optional.empty());
  }

  /**
   * @param scope empty for the channel
   */
  public ChannelView pin(ChannelId channel, ReleaseVersion version, Optional<ScopeName> scope) {
    return read(
        call("PUT", "/channels/" + channel + "/pin", Optional.of(new PinRequest(version, scope))),
        new TypeReference<>() {});
  }

  public void unpin(ChannelId channel) {
    call("DELETE", "/channels/" + channel + "/pin", Optional.empty());
  }

  public ChannelView promote(ChannelId channel, Optional<ReleaseVersion> version) {
    return read(
        call(
            "POST",
            "/channels/" + channel + "/promote",
            Optional.of(new PromoteRequest(version, Optional.empty()))),
        new TypeReference<>() {});
  }

  public ChannelView rollback(ChannelId channel, Optional<ReleaseVersion> to) {
    return read(
        call(
            "POST",
            "/channels/" + channel + "/rollback",
            Optional.of(new RollbackRequest(to, Optional.empty()))),
        new TypeReference<>() {});
  }

  private String call(String method, String path, Optional<Object> body) {
    try {
      var content =
          body.isPresent()
              ? BodyPublishers.ofString(json.writeValueAsString(body.get()))
              : BodyPublishers.noBody();
      var request =
          HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
              .timeout(timeout)
              .header("Content-Type", "application/json")
              .method(method, content);
      token.ifPresent(proof -> request.header("Authorization", "Bearer " + proof));
      var answer = Http.send(request.build());
      if (answer.statusCode() >= 400) {
        throw refusal(answer.statusCode(), answer.body());
      }
      return answer.body();
    } catch (IOException unreachable) {
      throw new UncheckedIOException(method + " " + path, unreachable);
    }
  }

  private HydraException refusal(int status, String body) throws IOException {
    if (!body.startsWith("{")) {
      throw new IOException("HTTP status " + status + ": " + body);
    }
    return json.readValue(body, Problem.class).toException();
  }

  private <T> T read(String body, TypeReference<T> type) {
    try {
      return json.readValue(body, type);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
