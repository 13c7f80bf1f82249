package io.hydra.docto.fakes;

import static io.hydra.error.ErrorCode.SOURCE_CHANGED;
import static io.hydra.error.ErrorCode.SOURCE_MISSING;
import static io.hydra.error.ErrorCode.SOURCE_NOT_ALLOWED;
import static io.hydra.error.ErrorCode.SOURCE_UNAVAILABLE;
import static io.hydra.error.ErrorCode.VERIFICATION_FAILED;

import io.hydra.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.Set;

/** Ways in which a {@link FaultyProxy} spoils an answer. */
public enum HttpFault implements SourceFault {
  STORMS(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      return send(talk, S3Answer.error(oneOf(random, 503, 503, 429, 500, 502, 504), "SlowDown"));
    }
  },
  STORMS_WITH_RETRY_AFTER(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      var error = S3Answer.error(oneOf(random, 503, 429), "SlowDown");
      talk.send(error.text("Retry-After: " + retryAfter(random)));
      return true;
    }
  },
  /** The object is another one, and If-Match is not heeded. */
  CHANGED_ETAGS(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      return send(talk, right.withEtag("\"another\"").withBody("?".repeat(right.body().length())));
    }
  },
  /** The object is another one, and If-Match is heeded. */
  PRECONDITIONS_FAILED(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      return send(talk, S3Answer.error(412, "PreconditionFailed"));
    }
  },
  WRONG_RANGES(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      return send(
          talk,
          switch (random.nextInt(4)) {
            case 0 -> right.shifted(1, 1);
            case 1 -> right.shifted(0, 1);
            case 2 -> right.withContentRange("");
            // As from a server that does not know ranges.
            default -> right.withStatus(200).withContentRange("").withBody(right.body() + "x");
          });
    }
  },
  SHORT_BODIES(Lasting.NO) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      if (random.nextInt(4) == 0) {
        return send(talk, right.withBody(right.body().substring(1)));
      }
      talk.send(right.head(right.body().length()) + begin(right.body(), random));
      return false;
    }
  },
  LONG_BODIES(Lasting.NO) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      if (random.nextBoolean()) {
        return send(talk, right.withBody(right.body() + "x"));
      }
      // As a good answer to the next request.
      talk.send(right.text() + right.text().repeat(1 + random.nextInt(2)));
      return true;
    }
  },
  CUT_HEADS(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      talk.send(begin(right.head(right.body().length()), random));
      if (random.nextBoolean()) {
        talk.reset();
      }
      return false;
    }
  },
  STALLS(Lasting.NO) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      talk.send(begin(right.text(), random));
      talk.stall();
      return false;
    }
  },
  /** All is right, but the connection does not live on, which nobody says. */
  CLOSED_BETWEEN_REQUESTS(Lasting.NO) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      talk.send(right.text());
      switch (random.nextInt(3)) {
        case 0 -> {}
        // The next request comes just before the end.
        case 1 -> {
          var unused = talk.request();
        }
        default -> {
          if (!talk.request().isEmpty()) {
            talk.reset();
          }
        }
      }
      return false;
    }
  },
  OTHER_BYTES(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      var body = new StringBuilder(right.body());
      int at = random.nextInt(body.length());
      body.setCharAt(at, (char) (body.charAt(at) ^ 1));
      return send(talk, right.withBody(body.toString()));
    }
  },
  REFUSALS(Lasting.YES) {
    @Override
    boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException {
      return send(
          talk,
          random.nextBoolean()
              ? S3Answer.error(403, "AccessDenied")
              : S3Answer.error(404, "NoSuchKey"));
    }
  };

  private final Lasting lasting;

  HttpFault(Lasting lasting) {
    this.lasting = lasting;
  }

  /** Sends something instead of the right answer; false where the connection is to end. */
  abstract boolean spoil(RawServer.Talk talk, S3Answer right, Random random) throws IOException;

  @Override
  public Lasting lasting() {
    return lasting;
  }

  @Override
  public Set<ErrorCode> codes() {
    return switch (this) {
      case STORMS, STORMS_WITH_RETRY_AFTER, CUT_HEADS, STALLS -> Set.of(SOURCE_UNAVAILABLE);
      case CHANGED_ETAGS, PRECONDITIONS_FAILED, LONG_BODIES -> Set.of(SOURCE_CHANGED);
      case WRONG_RANGES, SHORT_BODIES -> Set.of(SOURCE_CHANGED, SOURCE_UNAVAILABLE);
      case OTHER_BYTES -> Set.of(VERIFICATION_FAILED);
      case REFUSALS -> Set.of(SOURCE_NOT_ALLOWED, SOURCE_MISSING);
      case CLOSED_BETWEEN_REQUESTS -> Set.of();
    };
  }

  private static boolean send(RawServer.Talk talk, S3Answer answer) throws IOException {
    talk.send(answer.text());
    return true;
  }

  private static int oneOf(Random random, int... statuses) {
    return statuses[random.nextInt(statuses.length)];
  }

  private static String retryAfter(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> "1";
      case 1 ->
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              ZonedDateTime.now(ZoneOffset.UTC).plus(Duration.ofSeconds(1)));
      default -> "0";
    };
  }

  private static String begin(String text, Random random) {
    return text.substring(0, random.nextInt(text.length()));
  }
}
