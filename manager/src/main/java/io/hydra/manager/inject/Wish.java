package io.hydra.manager.inject;

import io.hydra.model.ChannelId;
import java.util.Map;

/**
 * What a pod's annotations ask for, checked.
 *
 * @param port of AppMan's probes
 * @param settings of AppMan that annotations say word for word, by the names of their variables
 */
record Wish(ChannelId channel, Reload reload, int port, Map<String, String> settings) {
  Wish {
    settings = Map.copyOf(settings);
  }
}
