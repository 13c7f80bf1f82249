package io.hydra.manager.events;

/**
 * Something to be told of an object.
 *
 * @param reason one word in camel case, for machines
 * @param message a sentence for people; the same one again is counted, not repeated
 */
public record Announcement(
    ObjectReference about, Sort sort, Severity severity, String reason, String message) {

  /** What its being told twice means. */
  public enum Sort {
    /** It is so, and was told before if it was: told once, also by managers to come. */
    STATE,
    /** It has happened, and has happened again when it is told again. */
    OCCURRENCE
  }

  /** The type of the Event. */
  public enum Severity {
    NORMAL,
    WARNING
  }

  /** Something is not as it should be. */
  public static Announcement wrong(ObjectReference about, String reason, String message) {
    return new Announcement(about, Sort.STATE, Severity.WARNING, reason, message);
  }

  /** Something is as it is. */
  public static Announcement state(ObjectReference about, String reason, String message) {
    return new Announcement(about, Sort.STATE, Severity.NORMAL, reason, message);
  }

  /** Something has happened that was to happen. */
  public static Announcement happened(ObjectReference about, String reason, String message) {
    return new Announcement(about, Sort.OCCURRENCE, Severity.NORMAL, reason, message);
  }

  /** Something has gone wrong. */
  public static Announcement failed(ObjectReference about, String reason, String message) {
    return new Announcement(about, Sort.OCCURRENCE, Severity.WARNING, reason, message);
  }
}
