package io.hydra.cli.command;

import io.hydra.cli.CliFailure;
import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.config.Context;
import io.hydra.cli.config.Destination;
import io.hydra.cli.config.ManagerAddress;
import io.hydra.cli.output.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hydra context set}. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description =
        "Make a context, or change it: what is left out stays as it is. Comments in the file are not kept.",
    footer = {
      "hydra context set local --manager http://127.0.0.1:8080 --environment prod --use",
      "hydra context set eu --manager https://hydra.eu.example --environment prod-eu --environment stage-eu",
      "hydra context set eu -n search --release searcher"
    })
public final class ContextSet implements Runnable {
  private final ConfigFile file;
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "The context.")
  String name = "";

  @Option(names = "--manager", paramLabel = "URL", description = "The manager's address.")
  Optional<String> manager = Optional.empty();

  @Option(
      names = {"--environment", "--env"},
      paramLabel = "ENV",
      split = ",",
      description = "An environment that this manager serves; repeatable. Replaces the whole list.")
  List<String> environments = new ArrayList<>();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace that commands take by themselves.")
  Optional<String> namespace = Optional.empty();

  @Option(
      names = "--release",
      paramLabel = "NAME",
      description = "The channel's name that commands take by themselves.")
  Optional<String> release = Optional.empty();

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "For a manager behind https: PEM file of the authorities to trust, instead of the system's.")
  Optional<String> caFile = Optional.empty();

  @Option(
      names = "--certificate-file",
      paramLabel = "FILE",
      description = "PEM file of the certificate to show to a manager that asks.")
  Optional<String> certificateFile = Optional.empty();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "PEM file of that certificate's key, not encrypted.")
  Optional<String> keyFile = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with the token that says who you are.")
  Optional<String> tokenFile = Optional.empty();

  @Option(names = "--use", description = "Make it the current one, too.")
  boolean use;

  public ContextSet(ConfigFile file, Console console) {
    this.file = file;
    this.console = console;
  }

  @Override
  public void run() {
    if (name.isBlank()) {
      throw CliFailure.usage("a context needs a name");
    }
    var config = file.read();
    var before = config.context(name).orElse(Context.EMPTY);
    var after =
        new Context(
            manager
                .map(text -> ManagerAddress.of(text, "--manager").uri().toString())
                .or(before::manager),
            environments.isEmpty() ? before.environments() : environments,
            namespace.or(before::namespace),
            release.or(before::release),
            file(caFile, before.caFile()),
            file(certificateFile, before.certificateFile()),
            file(keyFile, before.keyFile()),
            file(tokenFile, before.tokenFile()));
    check(after);
    // The first one is the current one without a word.
    boolean current = use || config.contexts().isEmpty();
    var changed = config.with(name, after);
    file.write(current ? changed.withCurrent(name) : changed);
    console.note(
        "context '%s' %s%s"
            .formatted(
                name,
                config.context(name).isPresent() ? "changed" : "made",
                current ? ", and is the current one" : ""));
  }

  /** Absolute, as commands are given in many folders; an empty one takes away what was set. */
  private static Optional<String> file(Optional<String> given, Optional<String> before) {
    return given.isEmpty()
        ? before
        : given
            .filter(text -> !text.isBlank())
            .map(text -> Path.of(text).toAbsolutePath().normalize().toString());
  }

  /** A bad name would be found with the next command only, where nobody expects it. */
  private static void check(Context context) {
    var namespace = context.namespace().orElse("namespace");
    var release = context.release().orElse("release");
    context
        .environments()
        .forEach(env -> Destination.channel(String.join("/", env, namespace, release)));
    var unused = Destination.channel(String.join("/", "env", namespace, release));
  }
}
