package io.hydra.testing.s3;

import io.hydra.testing.process.Authority;
import io.hydra.testing.process.Await;
import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real S3 server of {@code testing/peers} on this machine, keeping its objects in a directory.
 */
public final class S3Peer implements AutoCloseable {
  private static final String ACCESS_KEY = "bench";
  private static final String SECRET_KEY = "of-no-secret";
  private static final Duration START = Duration.ofMinutes(1);

  /** Which one; the name is that of its script. */
  public enum Kind {
    VERSITYGW("versitygw"),
    SEAWEEDFS("seaweedfs");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /**
   * Certificates of a server that is reached by HTTPS.
   *
   * @param authority PEM file of who issued them
   */
  public record Encryption(Path authority, Authority.Issued issued) {}

  private final Program program;
  private final S3Access access;

  /**
   * Starts it and waits until it takes connections.
   *
   * @param objects directory that it keeps objects in, of one kind of server only
   */
  public S3Peer(Kind kind, Path executable, Path objects, Path log, Optional<Encryption> encryption)
      throws IOException {
    int port = Ports.free();
    var scheme = encryption.isPresent() ? "https" : "http";
    access =
        new S3Access(
            URI.create("%s://127.0.0.1:%d".formatted(scheme, port)),
            ACCESS_KEY,
            SECRET_KEY,
            encryption.map(Encryption::authority));
    Files.createDirectories(objects);
    var command =
        switch (kind) {
          case VERSITYGW -> versitygw(executable, port, objects, encryption);
          case SEAWEEDFS -> seaweedfs(executable, port, objects, encryption);
        };
    program = new Program(kind.title(), command, log, access.endpoint());
    program.start();
    Await.until(
        kind.title() + " takes connections (log: " + log + ")",
        START,
        () -> {
          if (!program.isAlive()) {
            throw new IllegalStateException(kind.title() + " has ended; see " + log);
          }
          return takesConnections(port);
        });
  }

  public S3Access access() {
    return access;
  }

  /** Of its process, while it runs. */
  public Optional<Long> pid() {
    return program.pid();
  }

  private static List<String> versitygw(
      Path executable, int port, Path objects, Optional<Encryption> encryption) {
    var command = new ArrayList<>(List.of(executable.toString(), "--quiet", "--keep-alive"));
    command.addAll(List.of("--port", "127.0.0.1:" + port, "--region", S3Access.REGION));
    command.addAll(List.of("--access", ACCESS_KEY, "--secret", SECRET_KEY));
    encryption.ifPresent(
        of ->
            command.addAll(
                List.of(
                    "--cert",
                    of.issued().certificate().toString(),
                    "--key",
                    of.issued().key().toString())));
    command.addAll(List.of("posix", objects.toString()));
    return command;
  }

  private static List<String> seaweedfs(
      Path executable, int port, Path objects, Optional<Encryption> encryption) throws IOException {
    var identities =
        Files.writeString(
            objects.resolve("identities.json"),
            """
            {"identities": [{"name": "bench", "actions": ["Admin", "Read", "Write", "List"],
              "credentials": [{"accessKey": "%s", "secretKey": "%s"}]}]}
            """
                .formatted(ACCESS_KEY, SECRET_KEY));
    var command = new ArrayList<>(List.of(executable.toString(), "server", "-dir=" + objects));
    command.addAll(List.of("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3", "-s3.port=" + port));
    command.addAll(List.of("-s3.config=" + identities, "-volume.max=0"));
    // No more than this one server is asked to come by default.
    command.addAll(List.of("-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"));
    for (var part : List.of("master", "volume", "filer")) {
      command.add("-%s.port=%d".formatted(part, Ports.free()));
      command.add("-%s.port.grpc=%d".formatted(part, Ports.free()));
    }
    command.add("-s3.port.grpc=" + Ports.free());
    encryption.ifPresent(
        of -> {
          command.add("-s3.cert.file=" + of.issued().certificate());
          command.add("-s3.key.file=" + of.issued().key());
        });
    return command;
  }

  private static boolean takesConnections(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
