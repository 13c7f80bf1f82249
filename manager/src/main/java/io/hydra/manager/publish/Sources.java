package io.hydra.manager.publish;

import jakarta.enterprise.context.ApplicationScoped;

/** Finds the source that a path belongs to. */
@ApplicationScoped
class Sources {
  private final S3Source s3;
  private final FileSource file;

  Sources(S3Source s3, FileSource file) {
    this.s3 = s3;
    this.file = file;
  }

  /** A checked template has no other schemes. */
  Source of(String path) {
    return path.startsWith("s3://") ? s3 : file;
  }
}
