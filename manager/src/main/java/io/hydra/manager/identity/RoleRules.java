package io.hydra.manager.identity;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which roles Kubernetes' users, groups and service accounts have. */
final class RoleRules {
  /** What names the file. */
  static final String SETTING = "hydra.identity.kubernetes.roles-file";

  private static final Pattern SUBJECT =
      Pattern.compile("(user|group):\\S+|serviceaccount:[a-z0-9.-]+/([a-z0-9.-]+|\\*)");

  private final Optional<WatchedFile<Rule>> file;

  private record Rule(List<Grant> grants, List<String> subjects) {
    boolean isAbout(Attested who) {
      return subjects.stream().anyMatch(subject -> matches(subject, who));
    }

    private static boolean matches(String subject, Attested who) {
      var name = subject.substring(subject.indexOf(':') + 1);
      if (subject.startsWith("user:")) {
        return name.equals(who.name());
      }
      if (subject.startsWith("group:")) {
        return who.groups().contains(name);
      }
      return who.account()
          .filter(
              account ->
                  name.endsWith("/*")
                      ? account.startsWith(name.substring(0, name.length() - 1))
                      : account.equals(name))
          .isPresent();
    }
  }

  RoleRules(Optional<Path> path, Clock clock) {
    this.file = path.map(there -> new WatchedFile<>(SETTING, there, RoleRules::rule, clock));
  }

  List<Grant> of(Attested who) {
    return file.map(WatchedFile::content).stream()
        .flatMap(List::stream)
        .filter(rule -> rule.isAbout(who))
        .flatMap(rule -> rule.grants().stream())
        .toList();
  }

  private static Rule rule(List<String> words) {
    if (words.size() < 3) {
      throw new IllegalArgumentException("must be written ROLE CHANNELS WHO…");
    }
    var role = Words.role(words.getFirst());
    if (role == Role.AGENT) {
      throw new IllegalArgumentException(
          "agents are known by the pods that their tokens are bound to, and need no line");
    }
    var grants = new ArrayList<Grant>();
    Stream.of(words.get(1).split(","))
        .forEach(pattern -> grants.add(new Grant(role, Words.channels(pattern))));
    var subjects = words.subList(2, words.size());
    for (var subject : subjects) {
      if (!SUBJECT.matcher(subject).matches()) {
        throw new IllegalArgumentException(
            "'%s' must be serviceaccount:NAMESPACE/NAME, group:NAME or user:NAME"
                .formatted(subject));
      }
    }
    return new Rule(grants, List.copyOf(subjects));
  }
}
