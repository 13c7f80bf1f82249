package io.hydra.manager.kubernetes;

import io.hydra.manager.events.Announcement;
import io.hydra.manager.events.Announcements;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells where people look what is wrong with a pod: in the log, and by an Event on the pod. */
@ApplicationScoped
class PodEvents implements Annotations.Objections {
  private static final Logger LOG = Logger.getLogger(PodEvents.class);

  private final Announcements announcements;

  PodEvents(Announcements announcements) {
    this.announcements = announcements;
  }

  @Override
  public void to(ConsumerPod pod, String reason, String sentence) {
    LOG.warnf("pod=%s node=%s reason=%s detail=%s", pod.id(), pod.node(), reason, sentence);
    announcements.announce(Announcement.wrong(pod.reference(), reason, sentence));
  }
}
