package io.hydra.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hydra.cli.client.Pause;
import io.hydra.cli.client.RestManager;
import io.hydra.cli.client.Session;
import io.hydra.cli.config.ConfigFile;
import io.hydra.cli.config.Variables;
import io.hydra.cli.output.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The help of every command is complete, and docs/cli.md says the same. */
class HelpTest {
  private static final Path MANUAL = Path.of("..", "docs", "cli.md");

  static Stream<CommandLine> commands() {
    var all = new ArrayList<CommandLine>();
    collect(root(), all);
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(CommandLine command) {
    var usage = command.getUsageMessage();

    assertThat(usage)
        .contains("-h, --help", "-V", "Exit codes:", "130", "Examples:\n  ")
        .contains(command.getCommandSpec().qualifiedName());
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyExampleIsOfItsOwnCommand(CommandLine command) {
    assertThat(command.getCommandSpec().usageMessage().footer())
        .anyMatch(example -> example.contains(command.getCommandSpec().qualifiedName()));
  }

  @Test
  void asAPluginItsHelpNamesKubectl() {
    var all = new ArrayList<CommandLine>();
    collect(CommandLines.renamed(root(), "kubectl hydra"), all);

    assertThat(all)
        .allSatisfy(
            command -> {
              assertThat(command.getCommandSpec().qualifiedName()).startsWith("kubectl hydra");
              assertThat(command.getCommandSpec().usageMessage().footer())
                  .noneMatch(example -> example.trim().startsWith("hydra "));
            });
    assertThat(all.getFirst().getUsageMessage())
        .contains("Usage: kubectl hydra ", "  kubectl hydra publish template.yaml --env prod");
  }

  @Test
  void theManualShowsTheHelpAsItIs() throws IOException {
    var before = Files.readString(MANUAL);
    var after = Manual.withReference(before, root());
    if (Boolean.getBoolean("manual.write")) {
      Files.writeString(MANUAL, after);
      return;
    }
    assertThat(before)
        .as("docs/cli.md, written by ./mvnw -pl cli test -Dtest=HelpTest -Dmanual.write=true")
        .isEqualTo(after);
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(below -> collect(below, all));
  }

  static CommandLine root() {
    var captured = new Captured();
    var variables = new Variables(Map.of());
    var file = new ConfigFile(Path.of("none"));
    var beans =
        Map.<Class<?>, Object>of(
            Console.class,
            captured.console,
            ConfigFile.class,
            file,
            Session.class,
            new Session(
                file, variables, address -> new RestManager(address, captured.console::note)),
            Pause.class,
            Pause.real());
    return CommandLines.furnish(
        new CommandLine(Hydra.class, new BeanFactory(beans)),
        captured.console,
        new FailureReport(captured.console, false),
        () -> new String[] {"hydra test"});
  }

  /** Gives commands their collaborators by the types of their constructor. */
  private record BeanFactory(Map<Class<?>, Object> beans) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (var constructor : type.getConstructors()) {
        if (constructor.getParameterCount() > 0) {
          var arguments =
              Stream.of(constructor.getParameterTypes()).map(beans::get).toArray(Object[]::new);
          return type.cast(constructor.newInstance(arguments));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
