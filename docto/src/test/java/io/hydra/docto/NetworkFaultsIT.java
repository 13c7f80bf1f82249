package io.hydra.docto;

import io.hydra.docto.fakes.FaultTrials;
import io.hydra.docto.fakes.NetworkFault;
import io.hydra.docto.fakes.Node;
import io.hydra.testing.process.Peer;
import io.hydra.testing.process.Toxiproxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A network that fails for a while, between the packaged program and its source. {@code
 * -Dhydra.network-faults=100} for more runs of each kind, {@code -Dhydra.seed} for those of a run
 * that failed.
 */
class NetworkFaultsIT {
  private static Toxiproxy proxy;
  private static int port;
  private static Node node;
  private static FaultTrials trials;

  @BeforeAll
  static void start(@TempDir Path directory) {
    var program = Peer.find("toxiproxy").program();
    Assumptions.assumeTrue(program.isPresent(), "no toxiproxy can be had here");
    proxy = new Toxiproxy(program.get(), directory.resolve("toxiproxy.log"));
    node =
        FaultTrials.node(
            directory,
            s3 -> {
              port = proxy.passing(s3.getPort());
              return URI.create("http://127.0.0.1:" + port);
            });
    trials = new FaultTrials(node);
  }

  @AfterAll
  static void end() {
    if (proxy != null) {
      trials.close();
      node.close();
      proxy.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenANetworkThatFailsForAWhileThenAllIsRightInTheEnd(NetworkFault fault)
      throws IOException {
    trials.run(fault, new Way(fault));
  }

  private record Way(NetworkFault fault) implements FaultTrials.Way {
    @Override
    public void fail(double share, Random random) {
      fault.begin(proxy, port, share, random);
    }

    @Override
    public void heal() {
      proxy.heal();
    }

    /** What becomes of single connections it does not tell. */
    @Override
    public boolean hasFailed() {
      return true;
    }
  }
}
