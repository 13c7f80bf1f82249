package io.hydra.manager.rest;

import io.hydra.manager.identity.Access;
import io.hydra.manager.lead.Lead;
import io.hydra.manager.observe.Reports;
import io.hydra.manager.observe.Term;
import io.hydra.manager.reconcile.DesiredBoard;
import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.NodeReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What one agent asks and tells all the time, whichever kind of agent it is. */
interface AgentCall {
  /**
   * @throws io.hydra.error.HydraException {@code FORBIDDEN} unless the caller is this agent
   */
  void require(Access access);

  /**
   * As {@link DesiredBoard#onNews(NodeName, long, Runnable)}; at once where this manager may not
   * lead any more.
   */
  Optional<Runnable> onNews(long since, Runnable listener);

  /**
   * Its newest order.
   *
   * @throws io.hydra.error.HydraException where it is not registered, or this manager may not lead
   *     any more
   */
  Object order();

  /**
   * Takes a report, without waiting for anything.
   *
   * @return whether it is one that can be taken so; otherwise nothing was done
   * @throws io.hydra.error.HydraException where it is not registered, or the report lacks something
   */
  boolean report(byte[] body);

  /** Makes them of names in paths. */
  @ApplicationScoped
  class Desk {
    private final DesiredBoard board;
    private final ReportMemory memory;
    private final Reports reports;
    private final Term term;
    private final Lead lead;

    Desk(DesiredBoard board, ReportMemory memory, Reports reports, Term term, Lead lead) {
      this.board = board;
      this.memory = memory;
      this.reports = reports;
      this.term = term;
      this.lead = lead;
    }

    AgentCall ofNode(String name) {
      return new OfNode(new NodeName(name));
    }

    AgentCall ofInstance(String id) {
      return new OfInstance(new InstanceId(id));
    }

    /** A report that is read, or null. */
    private interface Reading<T> {
      @Nullable T read() throws IOException;
    }

    /** Of an agent that is ahead the store has to be told, which may take its time. */
    private <T> boolean taken(Reading<T> reading, ToLongFunction<T> epoch, Consumer<T> taking) {
      try {
        var report = reading.read();
        if (report == null || epoch.applyAsLong(report) > term.epoch()) {
          return false;
        }
        taking.accept(report);
        return true;
      } catch (IOException malformed) {
        return false;
      }
    }

    private Optional<Runnable> whileItLeads(Supplier<Optional<Runnable>> news) {
      return lead.isProven() ? news.get() : Optional.empty();
    }

    private final class OfNode implements AgentCall {
      private final NodeName name;

      OfNode(NodeName name) {
        this.name = name;
      }

      @Override
      public void require(Access access) {
        access.requireSelf(name);
      }

      @Override
      public Optional<Runnable> onNews(long since, Runnable listener) {
        return whileItLeads(() -> board.onNews(name, since, listener));
      }

      @Override
      public Object order() {
        return lead.proven(() -> board.awaitNode(name, 0, Duration.ZERO));
      }

      @Override
      public boolean report(byte[] body) {
        return taken(
            () -> memory.node(name, body), NodeReport::epoch, report -> reports.node(name, report));
      }
    }

    private final class OfInstance implements AgentCall {
      private final InstanceId id;

      OfInstance(InstanceId id) {
        this.id = id;
      }

      @Override
      public void require(Access access) {
        access.requireSelf(id);
      }

      @Override
      public Optional<Runnable> onNews(long since, Runnable listener) {
        return whileItLeads(() -> board.onNews(id, since, listener));
      }

      @Override
      public Object order() {
        return lead.proven(() -> board.awaitInstance(id, 0, Duration.ZERO));
      }

      @Override
      public boolean report(byte[] body) {
        return taken(
            () -> memory.instance(id, body),
            InstanceReport::epoch,
            report -> reports.instance(id, report));
      }
    }
  }
}
