package io.hydra.examples.textanalysis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;

/** Starts the service; see {@link Options#USAGE}. */
public final class TextAnalysis {
  private static final Logger LOG = Logger.getLogger(TextAnalysis.class.getName());

  private TextAnalysis() {}

  public static void main(String[] arguments) throws IOException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(arguments, System.getenv());
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    run(options);
  }

  private static void run(Options options) throws IOException {
    // Longer than balancers keep idle connections: else we might close one just as it is used.
    System.setProperty("sun.net.httpserver.idleInterval", "600");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var catalogue = new Catalogue();
    var server = new Server(catalogue, new InetSocketAddress(options.host(), options.port()));
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
    LOG.info("listening host=" + options.host() + " port=" + server.port());
    options.current().ifPresent(current -> loadAtStart(catalogue, current));
  }

  /** A failure is no reason to end: a later reload may bring models that work. */
  private static void loadAtStart(Catalogue catalogue, Path current) {
    try {
      var release = CurrentDirectory.read(current);
      if (release.isEmpty()) {
        LOG.info("nothing to load yet, waiting for /reload path=" + current);
        return;
      }
      var models = catalogue.load(release.get());
      LOG.info("loaded release=" + models.version() + " sequence=" + models.sequence());
    } catch (IOException | LoadFailure failure) {
      LOG.warning("cannot load path=" + current + ": " + failure.getMessage());
    }
  }
}
