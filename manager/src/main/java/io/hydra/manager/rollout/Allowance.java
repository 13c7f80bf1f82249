package io.hydra.manager.rollout;

import io.hydra.model.MaxUnavailable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who may be taken out of service, of all copies of a channel's consumer. Whoever plans for some of
 * them takes from it.
 */
public final class Allowance {
  private final Budget budget;
  private final Disruptions disruptions;
  private final List<Member> members;
  private final List<String> out;

  private Allowance(
      Budget budget, Disruptions disruptions, List<Member> members, List<String> out) {
    this.members = members;
    this.budget = budget;
    this.disruptions = disruptions;
    this.out = out;
  }

  /**
   * @param most that may be out
   * @param fleets all that there are
   * @param strays pods of which no AppMan has been heard
   */
  public static Allowance of(MaxUnavailable most, List<Fleet> fleets, List<Pod> strays) {
    int all = fleets.stream().mapToInt(fleet -> fleet.members().size()).sum() + strays.size();
    var out =
        Stream.concat(
                fleets.stream().flatMap(Fleet::unavailable).map(Member::describe),
                strays.stream().filter(Pod::isOut).map(Pod::describe))
            .toList();
    int moving = (int) fleets.stream().flatMap(Fleet::moving).count();
    var disruptions = new Disruptions();
    disruptions.keep(
        fleets.stream().flatMap(Fleet::perhapsOut).flatMap(m -> m.pod().stream()).toList());
    return new Allowance(
        new Budget(most.of(all), out.size(), moving),
        disruptions,
        fleets.stream().flatMap(fleet -> fleet.members().stream()).toList(),
        out);
  }

  /** All that have an AppMan. */
  List<Member> members() {
    return members;
  }

  Budget budget() {
    return budget;
  }

  Disruptions disruptions() {
    return disruptions;
  }

  /** Why no more may go at present. */
  String exhausted() {
    return Reasons.budget(out, budget.limit());
  }
}
