package io.hydra.manager.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hydra.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * As much of an S3 server as a publish asks: ListObjectsV2 and HeadObject. Its pages are small, and
 * within a page it lists backwards, which S3's directory buckets may do.
 */
public final class FakeS3 implements AutoCloseable {
  private static final int PAGE = 3;

  private final HttpServer server;
  private final Map<String, Map<String, StoredObject>> buckets = new ConcurrentHashMap<>();
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private final AtomicInteger heads = new AtomicInteger();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  /** An object as HeadObject describes it. */
  record StoredObject(long size, String etag, Map<String, String> headers) {}

  public FakeS3() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  FakeS3 bucket(String name) {
    buckets.computeIfAbsent(name, n -> Collections.synchronizedMap(new TreeMap<>()));
    return this;
  }

  /** A plain upload of these bytes. */
  public FakeS3 put(String bucket, String key, String content) {
    return put(bucket, key, content, Map.of());
  }

  /**
   * @param headers of the HeadObject answer, beside length and ETag
   */
  FakeS3 put(String bucket, String key, String content, Map<String, String> headers) {
    var bytes = content.getBytes(UTF_8);
    return put(bucket, key, new StoredObject(bytes.length, md5(bytes), headers));
  }

  FakeS3 put(String bucket, String key, StoredObject object) {
    bucket(bucket);
    buckets.getOrDefault(bucket, Map.of()).put(key, object);
    return this;
  }

  /** From now on every call for the bucket gets this status. */
  FakeS3 refuse(String bucket, int status) {
    refusals.put(bucket, status);
    return this;
  }

  /** Done once, while the next object is asked for. */
  FakeS3 meanwhile(Runnable action) {
    meanwhile.set(action);
    return this;
  }

  /** How many objects were asked for. */
  int heads() {
    return heads.get();
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String sha256Base64(String content) {
    return Base64.getEncoder()
        .encodeToString(HexFormat.of().parseHex(Digest.sha256(content.getBytes(UTF_8)).hex()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath().substring(1);
    int slash = path.indexOf('/');
    var bucket = slash < 0 ? path : path.substring(0, slash);
    var key = slash < 0 ? "" : decode(path.substring(slash + 1));
    try (exchange) {
      var refusal = refusals.get(bucket);
      if (refusal != null) {
        error(exchange, refusal, refusal == 403 ? "AccessDenied" : "ServiceUnavailable");
        return;
      }
      var objects = buckets.get(bucket);
      if (objects == null) {
        error(exchange, 404, "NoSuchBucket");
        return;
      }
      if (exchange.getRequestMethod().equals("HEAD")) {
        head(exchange, objects, key);
        return;
      }
      list(exchange, objects);
    }
  }

  private void head(HttpExchange exchange, Map<String, StoredObject> objects, String key)
      throws IOException {
    heads.incrementAndGet();
    meanwhile.getAndSet(() -> {}).run();
    var object = objects.get(key);
    if (object == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("ETag", "\"" + object.etag() + "\"");
    headers.set("Content-Length", Long.toString(object.size()));
    boolean withChecksums =
        "ENABLED".equals(exchange.getRequestHeaders().getFirst("x-amz-checksum-mode"));
    object
        .headers()
        .forEach(
            (name, value) -> {
              if (withChecksums || !name.startsWith("x-amz-checksum")) {
                headers.set(name, value);
              }
            });
    exchange.sendResponseHeaders(200, -1);
  }

  private void list(HttpExchange exchange, Map<String, StoredObject> objects) throws IOException {
    var query = query(exchange.getRequestURI().getRawQuery());
    var prefix = query.getOrDefault("prefix", "");
    var delimiter = query.getOrDefault("delimiter", "");
    var after = query.getOrDefault("continuation-token", "");
    Set<String> prefixes = new LinkedHashSet<>();
    var items = new ArrayList<String>();
    for (var key : List.copyOf(objects.keySet())) {
      if (!key.startsWith(prefix)) {
        continue;
      }
      int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      var item = cut < 0 ? key : key.substring(0, cut + 1);
      if (item.compareTo(after) > 0 && !items.contains(item)) {
        items.add(item);
        if (cut >= 0) {
          prefixes.add(item);
        }
      }
    }
    var page = items.subList(0, Math.min(PAGE, items.size()));
    boolean more = items.size() > page.size();
    body(exchange, 200, listing(objects, page.reversed(), prefixes, more ? page.getLast() : ""));
  }

  private static String listing(
      Map<String, StoredObject> objects, List<String> page, Set<String> prefixes, String next) {
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult>");
    xml.append("<EncodingType>url</EncodingType>");
    xml.append("<IsTruncated>").append(!next.isEmpty()).append("</IsTruncated>");
    if (!next.isEmpty()) {
      xml.append("<NextContinuationToken>").append(escape(next)).append("</NextContinuationToken>");
    }
    for (var item : page) {
      var object = objects.get(item);
      if (prefixes.contains(item) || object == null) {
        xml.append("<CommonPrefixes><Prefix>%s</Prefix></CommonPrefixes>".formatted(escape(item)));
      } else {
        xml.append(
            "<Contents><Key>%s</Key><Size>%d</Size><ETag>&quot;%s&quot;</ETag></Contents>"
                .formatted(escape(item), object.size(), object.etag()));
      }
    }
    return xml.append("</ListBucketResult>").toString();
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    body(
        exchange,
        status,
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, code));
  }

  private static void body(HttpExchange exchange, int status, String xml) throws IOException {
    var bytes = xml.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(String raw) {
    var parameters = new HashMap<String, String>();
    for (var pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  /** As S3 does when asked for {@code encoding-type=url}, which the SDK always does. */
  private static String escape(String text) {
    return URLEncoder.encode(text, UTF_8).replace("%2F", "/");
  }
}
