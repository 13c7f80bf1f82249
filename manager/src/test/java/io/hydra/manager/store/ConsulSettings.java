package io.hydra.manager.store;

import io.hydra.manager.config.StoreConfig;
import io.hydra.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** As an operator sets them. */
record ConsulSettings(
    URI url, Optional<Path> tokenFile, String prefix, Duration timeout, TlsFiles tls)
    implements StoreConfig.Consul {

  record Files(Optional<Path> caFile, Optional<Path> certificateFile, Optional<Path> keyFile)
      implements TlsFiles {}

  static ConsulSettings of(URI url, String prefix) {
    return new ConsulSettings(
        url,
        Optional.empty(),
        prefix,
        Duration.ofSeconds(5),
        new Files(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  ConsulSettings patience(Duration shorter) {
    return new ConsulSettings(url, tokenFile, prefix, shorter, tls);
  }

  ConsulSettings token(Path file) {
    return new ConsulSettings(url, Optional.of(file), prefix, timeout, tls);
  }

  ConsulSettings trusting(Path ca) {
    return new ConsulSettings(
        url,
        tokenFile,
        prefix,
        timeout,
        new Files(Optional.of(ca), Optional.empty(), Optional.empty()));
  }

  ConsulSettings showing(Path ca, Path certificate, Path key) {
    return new ConsulSettings(
        url,
        tokenFile,
        prefix,
        timeout,
        new Files(Optional.of(ca), Optional.of(certificate), Optional.of(key)));
  }
}
