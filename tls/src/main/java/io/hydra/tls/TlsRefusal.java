package io.hydra.tls;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * A setting of TLS that cannot be used; the message is one line that names setting and file. It has
 * no cause: Quarkus prints a stack trace unless the root of all is a configuration's.
 */
public final class TlsRefusal extends ConfigurationException {
  TlsRefusal(String message) {
    super(message);
  }
}
