package io.hydra.testing.bench;

import java.util.Arrays;
import java.util.Optional;

/** Clients of S3 that Docto is compared with. */
enum FetchTool {
  S5CMD("s5cmd"),
  RCLONE("rclone"),
  AWS_CLI("aws-cli");

  private final String title;

  FetchTool(String title) {
    this.title = title;
  }

  static Optional<FetchTool> of(String title) {
    return Arrays.stream(values()).filter(tool -> tool.title.equals(title)).findFirst();
  }

  /** For people; it is also the name of its script in {@code testing/peers}. */
  String title() {
    return title;
  }
}
