package io.hydra.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the program ends. Scripts branch on the numbers, so a number keeps its meaning for ever. */
public enum ExitCode {
  OK(0, "done"),
  REFUSED(1, "the manager refused, or something failed"),
  USAGE(2, "wrong usage: an option, a name, a file, a context"),
  UNREACHABLE(3, "no manager answers, or it cannot serve now"),
  NOT_ROLLED_OUT(
      4,
      "--wait: the release was rejected or replaced, waits for `hydra promote`, or the rollout was blocked at the timeout"),
  TIMEOUT(5, "--wait: not everywhere yet when --timeout was over"),
  INTERRUPTED(130, "interrupted (Ctrl-C)");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /** Number to meaning, as Picocli shows it in the help. */
  public static Map<String, String> meanings() {
    var meanings = new LinkedHashMap<String, String>();
    for (var code : values()) {
      meanings.put(Integer.toString(code.number), code.meaning);
    }
    return meanings;
  }
}
