package io.hydra.manager.audit;

import io.hydra.manager.channel.Channel;
import io.hydra.model.Release;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One change or one refusal, with the same keys always.
 *
 * @param who whose change it is; empty where that is unknown
 * @param as the agents that the caller speaks for
 * @param from the address that the call came from
 * @param release its version
 * @param before what the change made another of
 * @param result {@link #OK}, or what the change failed with
 */
public record AuditLine(
    String action,
    Optional<String> who,
    Optional<String> as,
    Optional<String> from,
    Optional<String> channel,
    Optional<String> release,
    Optional<String> node,
    Optional<String> instance,
    Optional<String> before,
    Optional<String> after,
    String result) {
  public static final String OK = "OK";

  /** Whom it names where no person has decided. */
  public static final String ITSELF = "hydra";

  /** A category of its own, so that it can be kept elsewhere and longer. */
  private static final Logger LOG = Logger.getLogger("hydra.audit");

  private static final String NONE = "-";
  private static final int LONGEST = 2_000;

  /** What the manager has decided by itself of a release. */
  public static AuditLine ofItself(String action, Release release, Channel before, Channel after) {
    return new AuditLine(
        action,
        Optional.of(ITSELF),
        Optional.empty(),
        Optional.empty(),
        Optional.of(release.channel().toString()),
        Optional.of(release.version().value()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(AuditWords.of(before)),
        Optional.of(AuditWords.of(after)),
        OK);
  }

  public void log() {
    LOG.info(text());
  }

  String text() {
    return "action=%s who=%s as=%s from=%s channel=%s release=%s node=%s instance=%s before=%s after=%s result=%s"
        .formatted(
            action,
            quoted(who),
            quoted(as),
            quoted(from),
            quoted(channel),
            quoted(release),
            quoted(node),
            quoted(instance),
            quoted(before),
            quoted(after),
            result);
  }

  /** Whoever calls chooses names: none of them may look like a key, or begin a line. */
  private static String quoted(Optional<String> value) {
    return value.map(AuditLine::quoted).orElse(NONE);
  }

  private static String quoted(String value) {
    if (value.matches("[A-Za-z0-9_./:,@*-]+")) {
      return value;
    }
    var shown = new StringBuilder("\"");
    value
        .codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (c == '"' || c == '\\' || Character.isISOControl(c) || c > 126) {
                shown.append("\\u%04x".formatted(c));
                return;
              }
              shown.appendCodePoint(c);
            });
    return shown.append('"').toString();
  }
}
