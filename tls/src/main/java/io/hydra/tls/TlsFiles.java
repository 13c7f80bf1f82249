package io.hydra.tls;

import java.nio.file.Path;
import java.util.Optional;

/** The settings of a client, as a group of a configuration mapping. All are PEM files. */
public interface TlsFiles {
  /** Certificates of the authorities to trust, instead of the system's. */
  Optional<Path> caFile();

  /** Who this program is to a server that asks: its certificate, then those of intermediates. */
  Optional<Path> certificateFile();

  /** The key of that certificate, not encrypted. */
  Optional<Path> keyFile();
}
