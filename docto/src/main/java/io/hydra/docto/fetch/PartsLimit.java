package io.hydra.docto.fetch;

/**
 * How many parts may be in flight. It is found by trying: where fetching is slow because each
 * answer takes long to come, more parts at once bring more; where a wire, a processor, a disk or a
 * cap is what is slow, they bring nothing and cost memory.
 *
 * <p>From a small number it jumps to as many as keep so many at work: if a slot waits nine tenths
 * of its time for a first byte, ten times as many (Little's law; J. D. C. Little, 1961). What that
 * brought decides how many of them stay. From then on it climbs while throughput does, and goes
 * back where it does not; then it rests, longer each time, and tries the other direction. That is
 * hill climbing with a price for each part, as in M. Arifuzzaman and E. Arslan, "Online
 * Optimization of File Transfers in High-Speed Networks" (SC 2021), with a steeper price, since a
 * part here costs up to half a MiB. To a source that throttles it gives way by half and comes back
 * one by one (AIMD: D. Chiu and R. Jain, 1989).
 *
 * <p>Pure: each state tells which one comes after a window of time.
 */
sealed interface PartsLimit {
  /** What begins together comes together: the first round has a length of its own. */
  int FIRST_ROUND = 1;

  /** Later on, where one round ends is chance. */
  int ROUNDS = 2;

  int UNTIL_ITS_TIME = Integer.MAX_VALUE;

  /**
   * @param start to begin with; less only where the source throttles
   * @param most that may ever be
   */
  record Range(int start, int most) {
    public Range {
      if (start < 1 || most < start) {
        throw new IllegalArgumentException("1 <= %d <= %d does not hold".formatted(start, most));
      }
    }
  }

  /**
   * What was measured for some time, of which the state was the same.
   *
   * @param rate what was done a second, in whatever unit
   * @param waiting share of the slots' time in which they waited for a first byte, 0 to 1
   * @param full whether as many parts were in flight as may be, all the time
   * @param over whether there were more when it began, which end in their own time
   */
  record Window(double rate, double waiting, boolean full, boolean over) {}

  /** How many may be in flight now. */
  int parts();

  PartsLimit after(Window window);

  /** As many parts of each slot make a window long enough before its time. */
  int rounds();

  /** The source asks to go slower. */
  PartsLimit throttled();

  static PartsLimit begin(Range range) {
    return new Steady(range, range.start(), Search.FIRST);
  }

  private static PartsLimit halved(Range range, int parts) {
    int goal = Math.max(range.start(), parts);
    return new Recovering(range, Math.max(1, parts / 2), goal, Recovering.WINDOWS_A_PART);
  }

  /**
   * How the next trial is made.
   *
   * @param leaps whether nothing is known yet, so that more than one step is tried at once
   * @param rest windows until then
   * @param nextRest the one after a trial that failed
   */
  record Search(boolean upwards, boolean leaps, int rest, int nextRest) {
    private static final int FIRST_REST = 8;
    private static final int LONGEST_REST = 64;
    private static final double SHORTEST_LEAP = 2;
    private static final double LONGEST_LEAP = 8;
    private static final double STEP = 1.5;

    private static final Search FIRST = new Search(true, true, 0, FIRST_REST);

    private static final Search AFTER_THROTTLING = new Search(true, false, FIRST_REST, FIRST_REST);

    int next(Range range, int parts, double waiting) {
      return upwards
          ? Math.min(range.most(), (int) Math.ceil(parts * factor(waiting)))
          : Math.max(range.start(), (int) (parts / STEP));
    }

    private double factor(double waiting) {
      return leaps ? Math.clamp(1 / (1 - waiting), SHORTEST_LEAP, LONGEST_LEAP) : STEP;
    }

    Search rested() {
      return new Search(upwards, leaps, rest - 1, nextRest);
    }

    Search succeeded() {
      return new Search(upwards, leaps, 0, FIRST_REST);
    }

    Search turned() {
      return new Search(!upwards, false, nextRest, Math.min(LONGEST_REST, nextRest * 2));
    }

    Search putOff() {
      return new Search(upwards, leaps, 1, nextRest);
    }
  }

  /** Until the next trial. */
  record Steady(Range range, int parts, Search search) implements PartsLimit {
    @Override
    public PartsLimit after(Window window) {
      if (!window.full() || window.over() || window.rate() <= 0) {
        return this;
      }
      if (search.rest() > 0) {
        return new Steady(range, parts, search.rested());
      }
      int next = search.next(range, parts, window.waiting());
      return next == parts
          ? new Steady(range, parts, search.turned())
          : new Trial(range, parts, window.rate(), next, search, false);
    }

    @Override
    public int rounds() {
      return search.leaps() ? FIRST_ROUND : UNTIL_ITS_TIME;
    }

    @Override
    public PartsLimit throttled() {
      return halved(range, parts);
    }
  }

  /**
   * Another number is tried.
   *
   * @param from the number before
   * @param rate that was measured with it
   * @param parts that are tried
   * @param settled whether connections had a window's time to begin, or those that are too many to
   *     end
   */
  record Trial(Range range, int from, double rate, int parts, Search search, boolean settled)
      implements PartsLimit {
    /** Of the throughput that parts in proportion would bring, to be worth their memory. */
    private static final double WORTH = 1.0 / 3;

    @Override
    public PartsLimit after(Window window) {
      if (!settled) {
        return new Trial(range, from, rate, parts, search, !window.over());
      }
      if (!window.full()) {
        return new Steady(range, from, search.putOff());
      }
      boolean moreIsWorthIt =
          search.upwards()
              ? isWorthIt(from, rate, parts, window.rate())
              : isWorthIt(parts, window.rate(), from, rate);
      return moreIsWorthIt == search.upwards()
          ? new Steady(range, parts, search.succeeded()).after(window)
          : new Steady(range, kept(window), search.turned());
    }

    /** Of a leap too far, as many as brought what was gained: each as much as those before. */
    private int kept(Window window) {
      return search.leaps()
          ? Math.clamp(Math.round(from * window.rate() / rate), from, parts)
          : from;
    }

    @Override
    public int rounds() {
      return !search.leaps() ? UNTIL_ITS_TIME : settled ? ROUNDS : FIRST_ROUND;
    }

    @Override
    public PartsLimit throttled() {
      return halved(range, parts);
    }

    private static boolean isWorthIt(int fewer, double rate, int more, double rateOfMore) {
      double grown = (double) more / fewer - 1;
      return rateOfMore > 0 && rateOfMore >= rate * (1 + WORTH * grown);
    }
  }

  /**
   * After throttling.
   *
   * @param goal with which it was throttled, or to begin with
   * @param pause windows until one more is let go
   */
  record Recovering(Range range, int parts, int goal, int pause) implements PartsLimit {
    private static final int WINDOWS_A_PART = 2;

    @Override
    public PartsLimit after(Window window) {
      if (pause > 1) {
        return new Recovering(range, parts, goal, pause - 1);
      }
      return parts + 1 < goal
          ? new Recovering(range, parts + 1, goal, WINDOWS_A_PART)
          : new Steady(range, goal, Search.AFTER_THROTTLING);
    }

    @Override
    public int rounds() {
      return UNTIL_ITS_TIME;
    }

    /** Within a window of the last change, it is an answer to what was before. */
    @Override
    public PartsLimit throttled() {
      return pause == WINDOWS_A_PART ? this : halved(range, parts);
    }
  }
}
