package io.hydra.manager.publish;

import io.hydra.manager.config.S3Config;
import io.hydra.manager.config.SourcesConfig;
import io.hydra.tls.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Settings for tests. */
final class Settings {
  private Settings() {}

  static SourcesConfig sources(Set<String> buckets, Set<Path> roots) {
    return new SourcesConfig() {
      @Override
      public Set<String> allowedBuckets() {
        return buckets;
      }

      @Override
      public Optional<Set<Path>> fileRoots() {
        return roots.isEmpty() ? Optional.empty() : Optional.of(roots);
      }
    };
  }

  static S3Config s3(URI endpoint) {
    return new S3Config() {
      @Override
      public Optional<URI> endpoint() {
        return Optional.of(endpoint);
      }

      @Override
      public String region() {
        return "us-east-1";
      }

      @Override
      public Optional<Boolean> pathStyle() {
        return Optional.empty();
      }

      @Override
      public Optional<String> accessKey() {
        return Optional.of("key");
      }

      @Override
      public Optional<String> secretKey() {
        return Optional.of("secret");
      }

      @Override
      public TlsFiles tls() {
        return new TlsFiles() {
          @Override
          public Optional<Path> caFile() {
            return Optional.empty();
          }

          @Override
          public Optional<Path> certificateFile() {
            return Optional.empty();
          }

          @Override
          public Optional<Path> keyFile() {
            return Optional.empty();
          }
        };
      }

      @Override
      public Duration timeout() {
        return Duration.ofSeconds(10);
      }
    };
  }
}
