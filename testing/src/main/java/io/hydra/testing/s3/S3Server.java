package io.hydra.testing.s3;

import io.hydra.testing.process.Jvm;
import io.hydra.testing.process.Ports;
import io.hydra.testing.process.Program;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Adobe's S3Mock on a free port of this machine, keeping its objects in a directory. */
public final class S3Server implements AutoCloseable {
  /** The bucket that is there from the start. */
  public static final String BUCKET = "models";

  private final Program program;
  private final URI endpoint;

  /**
   * @param libraries directory that holds the server's jars
   * @param objects directory that it keeps objects in
   */
  public S3Server(Path libraries, Path objects, Path log) {
    this("127.0.0.1", libraries, objects, log);
  }

  /** As above, on another address of this machine. */
  public S3Server(String address, Path libraries, Path objects, Path log) {
    int port = Ports.free();
    endpoint = URI.create("http://" + address + ":" + port);
    var command = Jvm.command("256m");
    command.addAll(
        List.of(
            "-cp",
            libraries + "/*",
            "com.adobe.testing.s3mock.S3MockApplication",
            "--server.address=" + address,
            "--server.port=" + port,
            // Plain HTTP on the port that obeys the address; it opens the other one everywhere.
            "--server.ssl.enabled=false",
            "--http.port=0",
            "--logging.level.root=WARN",
            "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET,
            "--com.adobe.testing.s3mock.store.retain-files-on-exit=true",
            "--com.adobe.testing.s3mock.store.root=" + objects));
    program = new Program("s3", command, log, endpoint.resolve("/" + BUCKET + "?list-type=2"));
  }

  public Program program() {
    return program;
  }

  public URI endpoint() {
    return endpoint;
  }

  public Bucket bucket() {
    return new Bucket(endpoint, BUCKET);
  }

  @Override
  public void close() {
    program.close();
  }
}
