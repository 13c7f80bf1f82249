package io.hydra.testing.bench;

import io.hydra.testing.s3.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tool that copies objects into a directory, with its own defaults.
 *
 * @param s3 where the objects lie
 * @param bucket that holds them
 * @param server the S3 server
 */
record ToolFetch(
    FetchTool tool, Path program, S3Access s3, String bucket, ProcessUse server, Path log)
    implements Fetching {
  private static final Duration LOOK = Duration.ofMillis(10);

  @Override
  public String title() {
    return tool.title();
  }

  @Override
  public FetchSample fetch(FetchWork work, Path into) throws IOException, InterruptedException {
    Files.createDirectories(into);
    var before = server.processorTime();
    var run = Child.run(command(work, into), into, environment(), log, LOOK);
    var serverTime = server.processorTime().minus(before);
    return new FetchSample(run.time(), run.processor(), run.processor(), run.peakMib(), serverTime);
  }

  private List<String> command(FetchWork work, Path into) {
    var source = "s3://%s/%s".formatted(bucket, work.prefix());
    var endpoint = s3.endpoint().toString();
    var executable = program.toString();
    return switch (tool) {
      case S5CMD ->
          List.of(
              executable,
              "--log",
              "error",
              "--endpoint-url",
              endpoint,
              "cp",
              source + "*",
              into + "/");
      case RCLONE ->
          List.of(
              executable, "copy", "bench:%s/%s".formatted(bucket, work.prefix()), into.toString());
      case AWS_CLI ->
          List.of(
              executable,
              "--endpoint-url",
              endpoint,
              "s3",
              "cp",
              "--only-show-errors",
              "--recursive",
              source,
              into + "/");
    };
  }

  /** Without what this account has of its own: settings, credentials, a proxy. */
  private Map<String, String> environment() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("AWS_ACCESS_KEY_ID", s3.accessKey());
    variables.put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
    variables.put("AWS_REGION", S3Access.REGION);
    variables.put("AWS_DEFAULT_REGION", S3Access.REGION);
    variables.put("AWS_SESSION_TOKEN", "");
    variables.put("AWS_PROFILE", "");
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("AWS_CONFIG_FILE", "/dev/null");
    variables.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    variables.put("NO_PROXY", "127.0.0.1");
    variables.put("no_proxy", "127.0.0.1");
    variables.put("RCLONE_CONFIG", "/dev/null");
    variables.put("RCLONE_CONFIG_BENCH_TYPE", "s3");
    variables.put("RCLONE_CONFIG_BENCH_PROVIDER", "Other");
    variables.put("RCLONE_CONFIG_BENCH_ENDPOINT", s3.endpoint().toString());
    variables.put("RCLONE_CONFIG_BENCH_ACCESS_KEY_ID", s3.accessKey());
    variables.put("RCLONE_CONFIG_BENCH_SECRET_ACCESS_KEY", s3.secretKey());
    variables.put("RCLONE_CONFIG_BENCH_REGION", S3Access.REGION);
    // aws-cli reads the one, tools that are written in Go the other; rclone fails where it finds
    // both.
    boolean isAws = tool == FetchTool.AWS_CLI;
    var authority = s3.authority().map(Path::toString).orElse("");
    variables.put("AWS_CA_BUNDLE", isAws ? authority : "");
    variables.put("SSL_CERT_FILE", isAws ? "" : authority);
    return variables;
  }
}
