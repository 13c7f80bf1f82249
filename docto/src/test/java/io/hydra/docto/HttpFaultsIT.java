package io.hydra.docto;

import io.hydra.docto.fakes.FaultTrials;
import io.hydra.docto.fakes.FaultyProxy;
import io.hydra.docto.fakes.HttpFault;
import io.hydra.docto.fakes.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A source whose answers are wrong for a while, asked by the packaged program. {@code
 * -Dhydra.network-faults=100} for more runs of each kind, {@code -Dhydra.seed} for those of a run
 * that failed.
 */
@DisabledIfSystemProperty(
    named = "hydra.programs",
    matches = "native",
    disabledReason = "what HTTP means is the same code; NetworkFaultsIT runs")
class HttpFaultsIT {
  private static final FaultyProxy proxy = new FaultyProxy();
  private static Node node;
  private static FaultTrials trials;

  @BeforeAll
  static void start(@TempDir Path directory) {
    node = FaultTrials.node(directory, proxy::before);
    trials = new FaultTrials(node);
  }

  @AfterAll
  static void end() {
    trials.close();
    node.close();
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource
  void givenAnswersThatAreWrongForAWhileThenAllIsRightInTheEnd(HttpFault fault) throws IOException {
    trials.run(fault, new Way(fault));
  }

  private static final class Way implements FaultTrials.Way {
    private final HttpFault fault;
    private int spoiltBefore;

    Way(HttpFault fault) {
      this.fault = fault;
    }

    @Override
    public void fail(double share, Random random) {
      spoiltBefore = proxy.spoilt();
      proxy.fail(new FaultyProxy.Fault(fault, share, random));
    }

    @Override
    public void heal() {
      proxy.heal();
    }

    @Override
    public boolean hasFailed() {
      return proxy.spoilt() > spoiltBefore;
    }
  }
}
