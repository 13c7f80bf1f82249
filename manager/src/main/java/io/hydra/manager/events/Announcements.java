package io.hydra.manager.events;

/**
 * Takes what there is to tell. It returns at once and may lose something: whoever calls it must not
 * depend on anybody having heard.
 */
public interface Announcements {
  void announce(Announcement announcement);
}
