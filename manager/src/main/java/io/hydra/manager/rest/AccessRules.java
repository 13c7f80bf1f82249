package io.hydra.manager.rest;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/** What each operation of the API needs. One that does not stand here is refused to everybody. */
final class AccessRules {
  private static final Map<String, Need> NEEDS =
      Map.ofEntries(
          entry("ManagerResource.info", Need.NOTHING_MORE),
          entry("ManifestsResource.get", Need.MANIFEST),
          entry("ChannelsResource.list", Need.VIEW),
          entry("ChannelsResource.get", Need.VIEW_CHANNEL),
          entry("ChannelsResource.put", Need.PUBLISH_OR_OPERATE),
          entry("ChannelsResource.delete", Need.OPERATE_CHANNEL),
          entry("ChannelsResource.publish", Need.PUBLISH),
          entry("ChannelsResource.plan", Need.PUBLISH),
          entry("ChannelsResource.republish", Need.PUBLISH),
          entry("ChannelsResource.releases", Need.VIEW_CHANNEL),
          entry("ChannelsResource.release", Need.VIEW_CHANNEL),
          entry("ChannelsResource.pin", Need.OPERATE_CHANNEL),
          entry("ChannelsResource.unpin", Need.OPERATE_CHANNEL),
          entry("ChannelsResource.rollback", Need.OPERATE_CHANNEL),
          entry("ChannelsResource.promote", Need.OPERATE_CHANNEL),
          entry("ChannelsResource.reject", Need.OPERATE_CHANNEL),
          entry("ChannelsResource.history", Need.VIEW_CHANNEL),
          entry("ChannelsResource.headAt", Need.VIEW_CHANNEL),
          entry("ChannelsResource.status", Need.VIEW_CHANNEL),
          entry("ChannelsResource.explain", Need.VIEW_CHANNEL),
          entry("NodesResource.list", Need.VIEW),
          entry("NodesResource.get", Need.VIEW),
          entry("NodesResource.put", Need.SAME_NODE),
          entry("NodesResource.delete", Need.OPERATE_EVERYTHING),
          entry("NodesResource.report", Need.SAME_NODE),
          entry("NodesResource.desired", Need.SAME_NODE),
          entry("InstancesResource.list", Need.VIEW),
          entry("InstancesResource.get", Need.VIEW),
          entry("InstancesResource.put", Need.SAME_INSTANCE),
          entry("InstancesResource.delete", Need.OPERATE_SOMETHING),
          entry("InstancesResource.report", Need.SAME_INSTANCE),
          entry("InstancesResource.desired", Need.SAME_INSTANCE),
          entry("InstancesResource.endpoint", Need.SAME_INSTANCE),
          entry("InstancesResource.evict", Need.SAME_INSTANCE),
          entry("StateResource.channel", Need.ADMINISTER_EVERYTHING),
          entry("StateResource.restoreChannel", Need.ADMINISTER_EVERYTHING),
          entry("StateResource.release", Need.ADMINISTER_EVERYTHING),
          entry("StateResource.restoreRelease", Need.ADMINISTER_EVERYTHING),
          entry("StateResource.restoreManifestPart", Need.ADMINISTER_EVERYTHING),
          entry("StateResource.restoreManifest", Need.ADMINISTER_EVERYTHING),
          entry("EventsResource.watch", Need.VIEW),
          entry("UptimeResource.forecast", Need.VIEW));

  private AccessRules() {}

  /**
   * @param operation class and method, as {@code NodesResource.get}
   */
  static Optional<Need> of(String operation) {
    return Optional.ofNullable(NEEDS.get(operation));
  }
}
