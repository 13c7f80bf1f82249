package io.hydra.cli.config;

import io.hydra.api.TokenFile;
import io.hydra.cli.CliFailure;
import io.hydra.tls.ClientTls;
import io.hydra.tls.PemFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Finds the manager and the channel that a command means. What is said nearer to the command wins:
 * options, then environment variables, then the context.
 *
 * <p>The context is the one that {@code --context} names; else, when an environment was asked for,
 * the one that lists it; else the current one; else the only one.
 */
public final class Resolution {
  static final String DEFAULT_ENV = "prod";

  private final CliConfig config;
  private final Variables variables;

  public Resolution(CliConfig config, Variables variables) {
    this.config = config;
    this.variables = variables;
  }

  /**
   * Finds the destination.
   *
   * @throws CliFailure when the options contradict the configuration, or leave a choice
   */
  public Destination resolve(Wanted wanted) {
    var env = wanted.env().or(() -> variables.get("HYDRA_ENV"));
    var explicit = wanted.manager().isPresent() || variables.get("HYDRA_MANAGER").isPresent();
    var chosen = choose(wanted.context(), env, explicit);
    var context = chosen.map(Map.Entry::getValue).orElse(Context.EMPTY);
    return new Destination(
        withFiles(address(wanted, chosen), wanted, chosen),
        env.or(() -> environmentOf(chosen)),
        wanted.namespace().or(() -> variables.get("HYDRA_NAMESPACE")).or(context::namespace),
        wanted.release().or(() -> variables.get("HYDRA_RELEASE")).or(context::release));
  }

  private ManagerAddress address(Wanted wanted, Optional<Map.Entry<String, Context>> chosen) {
    if (wanted.manager().isPresent()) {
      return ManagerAddress.of(wanted.manager().get(), "--manager");
    }
    var variable = variables.get("HYDRA_MANAGER");
    // A context that was named on this command line is meant, whatever the shell has set before.
    if (variable.isPresent() && wanted.context().isEmpty()) {
      return ManagerAddress.of(variable.get(), "$HYDRA_MANAGER");
    }
    return chosen
        .flatMap(
            entry ->
                entry
                    .getValue()
                    .manager()
                    .map(text -> ManagerAddress.of(text, "context '" + entry.getKey() + "'")))
        .orElse(ManagerAddress.DEFAULT);
  }

  /** The files of a context go with its manager only. */
  private ManagerAddress withFiles(
      ManagerAddress address, Wanted wanted, Optional<Map.Entry<String, Context>> chosen) {
    boolean variablesCount = wanted.context().isEmpty();
    var fromContext =
        wanted.manager().isEmpty()
                && !(variablesCount && variables.get("HYDRA_MANAGER").isPresent())
            ? chosen
            : Optional.<Map.Entry<String, Context>>empty();
    var origin = fromContext.map(entry -> " of context '" + entry.getKey() + "'").orElse("");
    var source =
        new Source(
            wanted.files(),
            variablesCount,
            fromContext.map(entry -> entry.getValue().files()).orElse(ConnectionFiles.NONE),
            origin);
    return address.with(
        new ClientTls(
            file("ca-file", source, ConnectionFiles::ca, PemFile::new),
            file("certificate-file", source, ConnectionFiles::certificate, PemFile::new),
            file("key-file", source, ConnectionFiles::key, PemFile::new)),
        file("token-file", source, ConnectionFiles::token, TokenFile::new));
  }

  /**
   * Who may name a file.
   *
   * @param variablesCount whether environment variables may, too
   * @param origin of what the context says, for people
   */
  private record Source(
      ConnectionFiles options, boolean variablesCount, ConnectionFiles context, String origin) {}

  private <T> Optional<T> file(
      String name,
      Source source,
      Function<ConnectionFiles, Optional<String>> which,
      BiFunction<String, Path, T> made) {
    var variable = "HYDRA_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return which
        .apply(source.options())
        .map(path -> made.apply("--" + name, Path.of(path)))
        .or(
            () ->
                variables
                    .get(variable)
                    .filter(path -> source.variablesCount())
                    .map(path -> made.apply("$" + variable, Path.of(path))))
        .or(
            () ->
                which
                    .apply(source.context())
                    .map(path -> made.apply(name + source.origin(), Path.of(path))));
  }

  private Optional<Map.Entry<String, Context>> choose(
      Optional<String> named, Optional<String> env, boolean explicitManager) {
    if (named.isPresent()) {
      return Optional.of(entry(named.get()));
    }
    var current = current();
    if (env.isEmpty() || config.contexts().isEmpty()) {
      return current;
    }
    if (current.filter(entry -> lists(entry.getValue(), env.get())).isPresent()) {
      return current;
    }
    var listing =
        config.contexts().entrySet().stream()
            .filter(entry -> entry.getValue().environments().contains(env.get()))
            .toList();
    if (listing.size() == 1) {
      return Optional.of(listing.getFirst());
    }
    if (explicitManager) {
      // The manager is known; of the contexts, none is meant more than another.
      return Optional.empty();
    }
    throw undecided(env.get(), listing);
  }

  private Optional<Map.Entry<String, Context>> current() {
    if (config.currentContext().isPresent()) {
      return Optional.of(entry(config.currentContext().get()));
    }
    return config.contexts().size() == 1
        ? config.contexts().entrySet().stream().findFirst()
        : Optional.empty();
  }

  private Map.Entry<String, Context> entry(String name) {
    return config
        .context(name)
        .map(context -> Map.entry(name, context))
        .orElseThrow(
            () ->
                CliFailure.usage(
                    "there is no context '%s'".formatted(name),
                    config.contexts().isEmpty()
                        ? "make one: hydra context set %s --manager URL".formatted(name)
                        : "there are: " + String.join(", ", config.contexts().keySet())));
  }

  private static boolean lists(Context context, String env) {
    return context.environments().isEmpty() || context.environments().contains(env);
  }

  private static CliFailure undecided(String env, List<Map.Entry<String, Context>> listing) {
    if (listing.isEmpty()) {
      return CliFailure.usage(
          "no context lists the environment '%s'".formatted(env),
          "name its manager: --manager URL, or `hydra context set NAME --manager URL --environment %s`"
              .formatted(env));
    }
    return CliFailure.usage(
        "several contexts list the environment '%s': %s"
            .formatted(env, String.join(", ", listing.stream().map(Map.Entry::getKey).toList())),
        "choose with --context, or make one of them the current one by `hydra context use NAME`");
  }

  private static Optional<String> environmentOf(Optional<Map.Entry<String, Context>> chosen) {
    var environments = chosen.map(Map.Entry::getValue).orElse(Context.EMPTY).environments();
    if (environments.isEmpty()) {
      return Optional.of(DEFAULT_ENV);
    }
    return environments.size() == 1 ? Optional.of(environments.getFirst()) : Optional.empty();
  }
}
