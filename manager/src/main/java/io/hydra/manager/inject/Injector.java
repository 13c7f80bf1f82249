package io.hydra.manager.inject;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.manager.channel.Channels;
import io.hydra.model.ChannelId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of a pod that asks for injection. One that could never serve is refused with
 * all the reasons: its owner then has an Event that says them, and it can be put right.
 */
@ApplicationScoped
class Injector {
  /** AppMan's instance is called NAMESPACE.POD; its name has this limit. */
  private static final int LONGEST_INSTANCE = 127;

  /** What the API server adds to {@code generateName}, and what it cuts that to. */
  private static final int GENERATED = 5;

  private static final int LONGEST_PREFIX = 58;

  /** An Event's message has 1,024 at most, and begins with what the API server says. */
  private static final int LONGEST_REASON = 900;

  private final InjectionConfig config;
  private final Channels channels;
  private final PodSecurity podSecurity;

  Injector(InjectionConfig config, Channels channels, PodSecurity podSecurity) {
    this.config = config;
    this.channels = channels;
    this.podSecurity = podSecurity;
  }

  Verdict judge(ObjectNode pod, String namespace) {
    return switch (new PodAnnotations(pod, config.appman().port()).read()) {
      case Reading.Objected(var objections) -> refused(objections);
      case Reading.Understood(var wish, var doubts) -> inject(wish, doubts, pod, namespace);
    };
  }

  private Verdict inject(Wish wish, List<String> doubts, ObjectNode pod, String namespace) {
    var warnings = new ArrayList<>(doubts);
    var objections = new ArrayList<String>();
    judge(wish.channel(), namespace, warnings, objections);
    judgeName(pod, namespace, objections);
    podSecurity.objection(namespace).ifPresent(objections::add);
    var injection = new PodInjection(config, wish, pod);
    injection.add(namespace);
    objections.addAll(injection.objections());
    return objections.isEmpty()
        ? new Verdict.Admitted(injection.operations(), warnings)
        : refused(objections);
  }

  private static Verdict refused(List<String> objections) {
    var why = "Hydra cannot serve this pod: " + String.join("; ", objections);
    return new Verdict.Refused(Harmless.text(why, LONGEST_REASON));
  }

  private void judge(
      ChannelId channel, String namespace, List<String> warnings, List<String> objections) {
    try {
      if (!channels.require(channel).channel().admits(namespace)) {
        objections.add(
            "annotation %s: channel %s is not for pods of namespace %s (its setting consumerNamespaces)"
                .formatted(PodAnnotations.CHANNEL, channel, namespace));
      }
    } catch (HydraException refused) {
      if (refused.code() == ErrorCode.UNKNOWN_CHANNEL) {
        warnings.add(
            "Hydra: channel %s does not exist yet: the pod waits until it is created and published to"
                .formatted(channel));
        return;
      }
      objections.add("annotation %s: %s".formatted(PodAnnotations.CHANNEL, refused.detail()));
    }
  }

  private static void judgeName(ObjectNode pod, String namespace, List<String> objections) {
    var metadata = pod.path("metadata");
    int length =
        Optional.of(metadata.path("name").asText().length())
            .filter(known -> known > 0)
            .orElseGet(
                () ->
                    Math.min(LONGEST_PREFIX, metadata.path("generateName").asText().length())
                        + GENERATED);
    if (namespace.length() + 1 + length > LONGEST_INSTANCE) {
      objections.add(
          "namespace and name of the pod have together more than %d characters"
              .formatted(LONGEST_INSTANCE - 1));
    }
  }
}
