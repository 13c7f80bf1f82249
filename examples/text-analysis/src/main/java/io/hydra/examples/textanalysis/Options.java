package io.hydra.examples.textanalysis;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How the service was started.
 *
 * @param host address that it listens on
 * @param port that it listens on; 0 for any free one
 * @param current directory with one entry per dataset, read at start
 */
record Options(String host, int port, Optional<Path> current) {
  static final String USAGE =
      """
      Usage: java -jar text-analysis.jar [--port=PORT] [--host=ADDRESS] [--current=DIR]

        --port=PORT      listen on this port; default 8090, 0 for any free one   (TEXT_ANALYSIS_PORT)
        --host=ADDRESS   listen on this address; default 127.0.0.1               (TEXT_ANALYSIS_HOST)
        --current=DIR    load the models below DIR at start: DIR/langdetect, DIR/sentdetect,
                         DIR/tokenizer, DIR/pos. Where DIR is missing, or without this flag,
                         wait for POST /reload                                   (TEXT_ANALYSIS_CURRENT)

        POST /analyze    a text; answers its language, sentences, tokens and tags
        GET  /ready      200 while models are loaded
        GET  /loaded     which datasets are loaded, by digest
        GET  /in-flight  number of texts in hand
        POST /reload     {"action":"load",…} or {"action":"unload"}
      """;

  /**
   * @param arguments {@code --name=value} or {@code --name value}
   * @throws IllegalArgumentException with a sentence for people
   */
  static Options parse(String[] arguments, Map<String, String> environment) {
    var host = environment.getOrDefault("TEXT_ANALYSIS_HOST", "127.0.0.1");
    var port = environment.getOrDefault("TEXT_ANALYSIS_PORT", "8090");
    var current = Optional.ofNullable(environment.get("TEXT_ANALYSIS_CURRENT"));
    for (int i = 0; i < arguments.length; i++) {
      var argument = arguments[i];
      int equals = argument.indexOf('=');
      var name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 && i + 1 == arguments.length) {
        throw new IllegalArgumentException("flag " + name + " is unknown or lacks its value");
      }
      var value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
      switch (name) {
        case "--host" -> host = value;
        case "--port" -> port = value;
        case "--current" -> current = Optional.of(value);
        default -> throw new IllegalArgumentException("unknown flag " + name);
      }
    }
    return new Options(host, portOf(port), current.map(Path::of));
  }

  private static int portOf(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException notNumber) {
      throw new IllegalArgumentException("port '" + text + "' is no number", notNumber);
    }
    throw new IllegalArgumentException("port " + text + " must be between 0 and 65535");
  }
}
