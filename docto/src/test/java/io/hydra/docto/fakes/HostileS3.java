package io.hydra.docto.fakes;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An S3 of raw bytes. Each bucket has one way to misbehave and its own random numbers: some of the
 * answers are right, the others wrong in that way.
 */
public final class HostileS3 implements AutoCloseable {
  /** How answers are wrong. */
  public enum Kind {
    /** The connection is reset: before the answer, in its head or in its body. */
    RESETS,
    /** It ends there without a reset. */
    CUTS,
    /** Nothing more comes from there on. */
    STALLS,
    /** Content-Length, Content-Range and the body do not agree. */
    WRONG_LENGTHS,
    /** Bodies in chunks, some of which are cut, too short or too long. */
    CHUNKS,
    /** 503, 429 and 500. */
    STORMS,
    /** The object is replaced; If-Match is heeded or not. */
    CHANGES,
    /** What is no valid HTTP, though some understand it. */
    MALFORMED,
    /** Right answers, a few bytes at a time. */
    FRAGMENTS,
    /** Right answers, after which the connection is closed without a word. */
    CLOSES
  }

  private static final String ETAG = "etag";
  private static final Pattern REQUEST =
      Pattern.compile("GET /([^/]+)/(\\S+) .*range: bytes=(\\d+)-(\\d+)", Pattern.DOTALL);
  private static final double WRONG = 0.4;

  private static final class Bucket {
    private final Kind kind;
    private final Random random;
    private final Map<String, byte[]> objects;
    private int requests;

    Bucket(Kind kind, long seed, Map<String, byte[]> objects) {
      this.kind = kind;
      this.random = new Random(seed);
      this.objects = objects;
    }

    synchronized int number() {
      return ++requests;
    }

    synchronized boolean chance(double share) {
      return random.nextDouble() < share;
    }

    synchronized int upTo(int bound) {
      return random.nextInt(Math.max(1, bound));
    }
  }

  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
  private final RawServer server = new RawServer(this::serve);

  /**
   * @param objects by their keys; ETags are all {@code etag}
   */
  public void add(String bucket, Kind kind, long seed, Map<String, byte[]> objects) {
    buckets.put(bucket, new Bucket(kind, seed, objects));
  }

  public RawServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }

  private void serve(RawServer.Talk talk) throws IOException {
    for (var request = talk.request(); !request.isEmpty(); request = talk.request()) {
      var match = REQUEST.matcher(request.toLowerCase(Locale.ROOT).replaceFirst("get", "GET"));
      if (!match.find()) {
        talk.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
      }
      var bucket = buckets.get(match.group(1));
      var object = bucket == null ? null : bucket.objects.get(match.group(2));
      if (bucket == null || object == null) {
        talk.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        continue;
      }
      var range =
          new Range(object, Integer.parseInt(match.group(3)), Integer.parseInt(match.group(4)));
      if (!answer(talk, bucket, range)) {
        return;
      }
    }
  }

  private static final class Range {
    private final byte[] object;
    private final int from;
    private final int to;

    Range(byte[] object, int from, int to) {
      this.object = object;
      this.from = from;
      this.to = to;
    }

    int length() {
      return to - from + 1;
    }

    String head(String etag, String more) {
      return "HTTP/1.1 206 Partial Content\r\nETag: \"%s\"\r\nContent-Range: bytes %d-%d/%d\r\n%s\r\n"
          .formatted(etag, from, to, object.length, more);
    }

    String right() {
      return head(ETAG, "Content-Length: %d\r\n".formatted(length())) + body();
    }

    String body() {
      return new String(object, from, length(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }

  /** False where the connection is to end. */
  private static boolean answer(RawServer.Talk talk, Bucket bucket, Range range)
      throws IOException {
    var right = range.right();
    boolean wrong = bucket.chance(WRONG);
    switch (bucket.kind) {
      case RESETS, CUTS, STALLS -> {
        if (!wrong) {
          talk.send(right);
          return true;
        }
        talk.send(right.substring(0, bucket.chance(0.3) ? 0 : bucket.upTo(right.length())));
        if (bucket.kind == Kind.RESETS) {
          talk.reset();
        }
        if (bucket.kind == Kind.STALLS) {
          talk.stall();
        }
        return false;
      }
      case WRONG_LENGTHS -> talk.send(wrong ? wrongLength(bucket, range) : right);
      case CHUNKS -> {
        return chunks(talk, bucket, range, wrong);
      }
      case STORMS -> talk.send(wrong ? storm(bucket) : right);
      case CHANGES -> talk.send(bucket.number() > 4 && wrong ? changed(bucket, range) : right);
      case MALFORMED -> talk.send(wrong ? malformed(bucket, right) : right);
      case FRAGMENTS -> {
        for (int at = 0; at < right.length(); ) {
          int end = Math.min(right.length(), at + 1 + bucket.upTo(700));
          talk.send(right.substring(at, end));
          at = end;
        }
      }
      case CLOSES -> {
        talk.send(right);
        return !wrong;
      }
    }
    return true;
  }

  private static String wrongLength(Bucket bucket, Range range) {
    int length = range.length();
    return switch (bucket.upTo(6)) {
      case 0 -> range.head(ETAG, "Content-Length: " + (length + 1) + "\r\n") + range.body() + "x";
      case 1 ->
          range.head(ETAG, "Content-Length: " + (length - 1) + "\r\n") + range.body().substring(1);
      // More than was promised: the next answer would begin with it.
      case 2 -> range.right() + "HTTP/1.1 206 OK\r\nContent-Length: 1\r\n\r\nx";
      case 3 -> "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(length, range.body());
      case 4 -> range.right().replace("-" + range.to + "/", "-" + (range.to + 1) + "/");
      default ->
          range.head(ETAG, "Content-Length: %d\r\nContent-Length: %d\r\n".formatted(length, 1))
              + range.body();
    };
  }

  private static boolean chunks(RawServer.Talk talk, Bucket bucket, Range range, boolean wrong)
      throws IOException {
    var body = range.body();
    int how = wrong ? 1 + bucket.upTo(3) : 0;
    var sent = how == 1 ? body + "x" : how == 2 ? body.substring(0, body.length() - 1) : body;
    var text = new StringBuilder(range.head(ETAG, "Transfer-Encoding: chunked\r\n"));
    for (int at = 0; at < sent.length(); ) {
      int end = Math.min(sent.length(), at + 1 + bucket.upTo(3000));
      text.append(Integer.toHexString(end - at)).append(bucket.chance(0.3) ? ";ext=\"1\"" : "");
      text.append("\r\n").append(sent, at, end).append("\r\n");
      at = end;
    }
    text.append("0\r\n").append(bucket.chance(0.3) ? "Trailer: x\r\n" : "").append("\r\n");
    talk.send(how == 3 ? text.substring(0, bucket.upTo(text.length())) : text.toString());
    return how != 3;
  }

  private static String storm(Bucket bucket) {
    var body = "<Error><Code>SlowDown</Code></Error>";
    return "HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(
            new String[] {"503 Slow Down", "429 Too Many", "500 Oops"}[bucket.upTo(3)],
            bucket.chance(0.3) ? "Retry-After: 0\r\n" : "",
            body.length(),
            body);
  }

  private static String changed(Bucket bucket, Range range) {
    return bucket.chance(0.5)
        ? "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n"
        : range.head("another", "Content-Length: " + range.length() + "\r\n")
            + "?".repeat(range.length());
  }

  private static String malformed(Bucket bucket, String right) {
    return switch (bucket.upTo(3)) {
      case 0 -> right.replaceFirst("ETag", "X-Folded: a\r\n b\r\nETag");
      case 1 -> right.replaceFirst("\r\nETag", "\nETag");
      default -> right.replaceFirst("ETag", "X-Odd : a\r\nETag");
    };
  }
}
