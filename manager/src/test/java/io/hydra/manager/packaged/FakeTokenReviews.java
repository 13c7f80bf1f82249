package io.hydra.manager.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An API server that knows tokens and nothing else. */
final class FakeTokenReviews implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, ObjectNode> users = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean broken;

  FakeTokenReviews() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/apis/authentication.k8s.io/v1/tokenreviews", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  int asked() {
    return asked.get();
  }

  /** From now on it answers nothing of use. */
  void breakDown() {
    broken = true;
  }

  /** A token that nobody vouches for any more. */
  void revoke(String token) {
    users.remove(token);
  }

  String account(String namespace, String name) {
    return token("system:serviceaccount:%s:%s".formatted(namespace, name), Map.of());
  }

  /** Of a pod on a node. */
  String pod(String namespace, String account, String pod, String node) {
    return token(
        "system:serviceaccount:%s:%s".formatted(namespace, account),
        Map.of("pod-name", pod, "pod-uid", "uid-of-" + pod, "node-name", node));
  }

  private String token(String user, Map<String, String> claims) {
    var token = jwt("hydra");
    var known = JSON.createObjectNode().put("username", user);
    known.putArray("groups").add("system:serviceaccounts").add("system:authenticated");
    var extra = known.putObject("extra");
    claims.forEach(
        (claim, value) -> extra.putArray("authentication.kubernetes.io/" + claim).add(value));
    users.put(token, known);
    return token;
  }

  /** One that nobody vouches for. */
  static String jwt(String audience) {
    var claims =
        JSON.createObjectNode()
            .put("exp", System.currentTimeMillis() / 1000 + 3600)
            .put("jti", Long.toString(System.nanoTime()));
    claims.putArray("aud").add(audience);
    var encoder = Base64.getUrlEncoder().withoutPadding();
    return "e30." + encoder.encodeToString(claims.toString().getBytes(UTF_8)) + ".c2ln";
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.incrementAndGet();
      if (broken) {
        exchange.sendResponseHeaders(500, -1);
        return;
      }
      var spec = JSON.readTree(exchange.getRequestBody()).path("spec");
      var review = JSON.createObjectNode();
      var status = review.putObject("status");
      Optional.ofNullable(users.get(spec.path("token").asText()))
          .ifPresent(
              user -> {
                status.put("authenticated", true).set("user", user);
                status.putArray("audiences").add(spec.at("/audiences/0").asText());
              });
      var body = JSON.writeValueAsBytes(review);
      exchange.sendResponseHeaders(201, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
