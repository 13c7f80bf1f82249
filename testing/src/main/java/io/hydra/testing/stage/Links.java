package io.hydra.testing.stage;

import io.hydra.testing.process.Authority;
import io.hydra.testing.process.TlsFront;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How agents reach the manager and S3.
 *
 * @param s3Trust settings of clients of S3, besides its address
 * @param managerTrust settings of clients of the manager, besides its address
 * @param fronts what ends TLS, if anything does
 */
record Links(
    URI s3,
    URI manager,
    Map<String, String> s3Trust,
    Map<String, String> managerTrust,
    List<TlsFront> fronts)
    implements AutoCloseable {

  static Links plain(URI s3, URI manager) {
    return new Links(s3, manager, Map.of(), Map.of(), List.of());
  }

  /**
   * HTTPS to S3, mutual TLS to the manager.
   *
   * @param directory for certificates
   */
  static Links encrypted(URI s3, URI manager, Path directory) {
    var authority = new Authority(directory, "certificates");
    var context = authority.context(authority.server("server"));
    var s3Front = new TlsFront(s3.getPort(), context, false);
    var managerFront = new TlsFront(manager.getPort(), context, true);
    var agent = authority.client("agent");
    var managerTrust = new LinkedHashMap<String, String>();
    managerTrust.put("hydra.tls.ca-file", authority.file().toString());
    managerTrust.put("hydra.tls.certificate-file", agent.certificate().toString());
    managerTrust.put("hydra.tls.key-file", agent.key().toString());
    return new Links(
        s3Front.url(),
        managerFront.url(),
        Map.of("hydra.s3.tls.ca-file", authority.file().toString()),
        managerTrust,
        List.of(s3Front, managerFront));
  }

  @Override
  public void close() {
    fronts.forEach(TlsFront::close);
  }
}
