package io.hydra.appman.reload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hydra.appman.health.HookClient;
import io.hydra.appman.health.HookClient.Answer;
import io.hydra.appman.lifecycle.ReleaseSet;
import io.hydra.appman.pace.Backoff;
import io.hydra.appman.pace.Pause;
import io.hydra.error.ErrorCode;
import io.hydra.model.ChannelId;
import io.hydra.wire.Fault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Calls the application's reload hook. */
public final class HttpReloader implements Reloader {
  private static final Logger LOG = Logger.getLogger(HttpReloader.class);

  /** Not found, not allowed, not implemented: the application has no such action. */
  private static final Set<Integer> CANNOT_UNLOAD = Set.of(404, 405, 501);

  /** An application that falls over this often with a release does not bear it. */
  private static final int BREAKS_THAT_COUNT = 3;

  private final URI url;
  private final ChannelId channel;
  private final NodeData data;
  private final HookClient client;
  private final ObjectMapper json;
  private final Clock clock;
  private final Pause pause;

  public HttpReloader(
      URI url,
      ChannelId channel,
      NodeData data,
      HookClient client,
      ObjectMapper json,
      Clock clock,
      Pause pause) {
    this.url = url;
    this.channel = channel;
    this.data = data;
    this.client = client;
    this.json = json;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Outcome reload(ReleaseSet release, Instant deadline) throws InterruptedException {
    var body = write(ReloadRequest.load(channel, release, data));
    var backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), RandomGenerator.getDefault());
    int breaks = 0;
    var lastBreak = "";
    while (true) {
      var left = Duration.between(clock.instant(), deadline);
      if (!left.isPositive() || breaks >= BREAKS_THAT_COUNT) {
        return breaks > 0 ? refused("did not answer: " + lastBreak) : nobodyThere();
      }
      switch (client.post(url, body, left)) {
        case Answer.Answered answered -> {
          return outcome(answered);
        }
        // It may be restarting.
        case Answer.Unreachable _ -> pause.rest(backoff.next());
        case Answer.Broken broken -> {
          breaks++;
          lastBreak = broken.why();
          pause.rest(backoff.next());
        }
      }
    }
  }

  @Override
  public Outcome relabel(ReleaseSet release, Instant deadline) throws InterruptedException {
    return reload(release, deadline);
  }

  @Override
  public boolean letGo(Instant deadline) throws InterruptedException {
    var left = Duration.between(clock.instant(), deadline);
    if (!left.isPositive()) {
      return false;
    }
    return switch (client.post(url, write(ReloadRequest.unload(channel)), left)) {
      case Answer.Unreachable _ -> true;
      case Answer.Broken broken -> objected(broken.why());
      case Answer.Answered answered ->
          answered.successful()
              || CANNOT_UNLOAD.contains(answered.status())
              || objected("HTTP status " + answered.status());
    };
  }

  private static boolean objected(String why) {
    LOG.warnf("the application did not let go state=DRAINING detail=%s", why);
    return false;
  }

  private Outcome outcome(Answer.Answered answered) {
    return answered.successful()
        ? new Outcome.Loaded()
        : refused("answered HTTP status " + answered.status() + saying(answered.body()));
  }

  private Outcome refused(String what) {
    return new Outcome.Refused(
        new Fault(ErrorCode.RELOAD_FAILED, "the reload hook %s %s".formatted(url, what)));
  }

  private Outcome nobodyThere() {
    return new Outcome.Hindered(
        new Fault(ErrorCode.APPLICATION_UNREACHABLE, "nothing listens at the reload hook " + url));
  }

  /** The beginning of the answer, which tells an operator most. */
  private static String saying(String body) {
    var line = body.strip().lines().findFirst().orElse("");
    var printable = line.codePoints().filter(c -> !Character.isISOControl(c)).limit(200);
    var text =
        printable
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return text.isEmpty() ? "" : ": " + text;
  }

  private byte[] write(ReloadRequest request) {
    try {
      return json.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of ours can be written", e);
    }
  }
}
