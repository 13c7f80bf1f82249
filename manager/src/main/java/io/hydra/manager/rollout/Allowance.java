package io.hydra.manager.rollout;

import io.hydra.model.MaxUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may be taken out of service, of all copies of a channel's consumer. Whoever plans for some of
 * them takes from it.
 */
public final class Allowance {
  private final Budget budget;
  private final Disruptions disruptions;
  private final List<Member> members;
  private final List<Member> out;
  private final List<Pod> strays;

  /** Made when it is needed, and once: channels have thousands of instances. */
  private Optional<String> exhausted = Optional.empty();

  private Allowance(
      Budget budget,
      Disruptions disruptions,
      List<Member> members,
      List<Member> out,
      List<Pod> strays) {
    this.budget = budget;
    this.disruptions = disruptions;
    this.members = members;
    this.out = out;
    this.strays = strays;
  }

  /**
   * @param most that may be out
   * @param fleets all that there are
   * @param strays pods of which no AppMan has been heard
   */
  public static Allowance of(MaxUnavailable most, List<Fleet> fleets, List<Pod> strays) {
    var members = fleets.stream().flatMap(fleet -> fleet.members().stream()).toList();
    var out = fleets.stream().flatMap(Fleet::unavailable).toList();
    var straysOut = strays.stream().filter(Pod::isOut).toList();
    int moving = (int) fleets.stream().flatMap(Fleet::moving).count();
    var disruptions = new Disruptions();
    disruptions.keep(
        fleets.stream().flatMap(Fleet::perhapsOut).flatMap(m -> m.pod().stream()).toList());
    return new Allowance(
        new Budget(most.of(members.size() + strays.size()), out.size() + straysOut.size(), moving),
        disruptions,
        members,
        out,
        straysOut);
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
    if (exhausted.isEmpty()) {
      var named =
          Stream.concat(out.stream().map(Member::describe), strays.stream().map(Pod::describe));
      exhausted = Optional.of(Reasons.budget(named.toList(), budget.limit()));
    }
    return exhausted.get();
  }
}
