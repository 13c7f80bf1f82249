package io.hydra.manager.feedback;

import io.hydra.manager.events.Announcement;
import io.hydra.manager.events.Announcement.Severity;
import io.hydra.manager.events.Announcements;
import io.hydra.manager.feedback.ChannelNews.News;
import io.hydra.manager.kubernetes.ConsumerPod;
import io.hydra.model.ChannelId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells of channels and their pods what is new, and writes on the pods what they serve. Not for
 * several threads at a time.
 */
final class PodFeedback {
  /** Where many pods have the same trouble, some of them are enough. */
  private static final int MOST_AT_ONCE = 5;

  private final Announcements announcements;
  private final Workloads workloads;
  private final Map<ChannelId, Story> stories = new HashMap<>();

  /** What was known of a channel, and of its pods by uid. */
  private record Story(ChannelNews.Known channel, Map<String, PodNews.Known> pods) {}

  PodFeedback(Announcements announcements, Workloads workloads) {
    this.announcements = announcements;
    this.workloads = workloads;
  }

  void forget(ChannelId channel) {
    stories.remove(channel);
  }

  void tell(Scene scene) throws InterruptedException {
    var before = Optional.ofNullable(stories.get(scene.channel().id()));
    var ofChannel = ChannelNews.of(scene, before.map(Story::channel));
    var news = new ArrayList<>(ofChannel.news());
    var pods = new HashMap<String, PodNews.Known>();
    for (var pod : scene.pods()) {
      var known = before.flatMap(story -> Optional.ofNullable(story.pods().get(pod.uid())));
      var ofPod = PodNews.of(scene, pod, known);
      pods.put(pod.uid(), ofPod.now());
      ofPod.announcements().forEach(announcements::announce);
      ofPod.announcements().stream().flatMap(told -> ofWorkload(pod, told)).forEach(news::add);
    }
    stories.put(scene.channel().id(), new Story(ofChannel.now(), pods));
    tellWorkloads(scene, news);
  }

  /** What goes wrong with a pod is told on its workload too. */
  private static Stream<News> ofWorkload(ConsumerPod pod, Announcement told) {
    return told.severity() == Severity.WARNING
        ? Stream.of(
            new News(
                told.sort(),
                told.severity(),
                told.reason(),
                "pod %s: %s".formatted(pod.id().name(), told.message())))
        : Stream.empty();
  }

  private void tellWorkloads(Scene scene, List<News> news) throws InterruptedException {
    if (news.isEmpty()) {
      return;
    }
    for (var workload : workloads.of(scene.pods())) {
      news.stream()
          .limit(MOST_AT_ONCE)
          .map(n -> new Announcement(workload, n.sort(), n.severity(), n.reason(), n.message()))
          .forEach(announcements::announce);
    }
  }
}
