package io.hydra.testing.fleet;

import io.hydra.model.ChannelId;
import io.hydra.model.ChannelSettings;
import io.hydra.model.DatasetName;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceRegistration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which agents there are and what they hold. Machines stand in pools, which node selectors name.
 * Five agents are four machines' Doctos and one AppMan on the first of them; a pool has ten
 * channels, so each Docto holds ten, and one more that every node holds. Where there are more
 * agents than pools, the later pools get further groups of five; the first ones stay as they are,
 * so that what is published there concerns the same nodes however many others there are.
 *
 * @param channels all of them, without the one of every node
 * @param constantChannels in the pools that stay as they are
 */
public record Landscape(int channels, int constantChannels) {
  public static final int DOCTOS = 4;
  public static final int GROUP = DOCTOS + 1;
  public static final int CHANNELS_OF_A_POOL = 10;

  /** Each node has it. */
  public static final ChannelId EVERYWHERE = new ChannelId("prod", "bench", "everywhere");

  public static final DatasetName DATASET = new DatasetName("data");
  private static final String POOL = "pool";
  private static final String FLEET = "fleet";

  /** The channel of an index from 0. */
  public static ChannelId channel(int index) {
    return new ChannelId("prod", "bench", "channel-" + index);
  }

  public static ChannelSettings settings(int index) {
    return selecting(Map.of(POOL, pool(index / CHANNELS_OF_A_POOL)));
  }

  public static ChannelSettings everywhere() {
    return selecting(Map.of(FLEET, "all"));
  }

  private static ChannelSettings selecting(Map<String, String> labels) {
    return new ChannelSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(labels),
        Optional.empty());
  }

  private static String pool(int index) {
    return "pool-" + index;
  }

  int poolOfGroup(int group) {
    int pools = channels / CHANNELS_OF_A_POOL;
    int constant = constantChannels / CHANNELS_OF_A_POOL;
    if (group < pools) {
      return group;
    }
    return constant < pools ? constant + (group - pools) % (pools - constant) : group % pools;
  }

  /** How many of so many agents are Doctos that hold the channel. */
  public int doctosOf(int channel, int agents) {
    return (int) groupsOf(channel / CHANNELS_OF_A_POOL, agents) * DOCTOS;
  }

  /** How many of so many agents are AppMans of the channel. */
  public int appMansOf(int channel, int agents) {
    return channel % CHANNELS_OF_A_POOL == 0
        ? (int) groupsOf(channel / CHANNELS_OF_A_POOL, agents)
        : 0;
  }

  private long groupsOf(int pool, int agents) {
    long groups = 0;
    for (int group = 0; group < agents / GROUP; group++) {
      groups += poolOfGroup(group) == pool ? 1 : 0;
    }
    return groups;
  }

  public static int doctos(int agents) {
    return agents / GROUP * DOCTOS;
  }

  List<Role> group(int group) {
    int pool = poolOfGroup(group);
    var labels = Map.of(POOL, pool(pool), FLEET, "all");
    var roles = new ArrayList<Role>();
    for (int i = 0; i < DOCTOS; i++) {
      roles.add(new DoctoRole(node(group, i), labels));
    }
    roles.add(
        new AppManRole(
            new InstanceRegistration(
                new InstanceId("instance-" + group),
                channel(pool * CHANNELS_OF_A_POOL),
                node(group, 0))));
    return roles;
  }

  private static NodeName node(int group, int index) {
    return new NodeName("node-" + group + "-" + index);
  }
}
