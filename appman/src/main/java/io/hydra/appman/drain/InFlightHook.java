package io.hydra.appman.drain;

import io.hydra.appman.config.Settings;
import io.hydra.appman.health.HookClient;
import io.hydra.appman.health.HookClient.Answer;

/** Asks the application for its requests in hand, if it can tell. */
public final class InFlightHook implements InFlight {
  private final Settings.Hooks hooks;
  private final HookClient client;

  public InFlightHook(Settings.Hooks hooks, HookClient client) {
    this.hooks = hooks;
    this.client = client;
  }

  @Override
  public boolean isNothingInHand() throws InterruptedException {
    if (hooks.inFlight().isEmpty()) {
      return true;
    }
    return switch (client.get(hooks.inFlight().get(), hooks.timeout())) {
      // Where nothing listens, nothing is in hand.
      case Answer.Unreachable _ -> true;
      case Answer.Broken _ -> false;
      case Answer.Answered answered -> answered.successful() && isZero(answered.body());
    };
  }

  private static boolean isZero(String body) {
    try {
      return Long.parseLong(body.strip()) <= 0;
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
