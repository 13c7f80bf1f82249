package io.hydra.manager.publish;

import io.hydra.manager.config.S3Config;
import io.hydra.tls.ClientTls;
import io.hydra.tls.Tls;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the S3 client. */
@Singleton
class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final S3Config config;
  private final ClientTls files;
  private final Optional<Tls> tls;

  S3Clients(S3Config config) {
    this.config = config;
    this.files = ClientTls.of("hydra.s3.tls", config.tls());
    this.tls = files.toS3(config.endpoint());
  }

  /** Wrong settings are found at the start, and not by the first publish. */
  void check(@Observes StartupEvent event) {}

  @Produces
  ClientTls files() {
    return files;
  }

  /** Made when it is first called. */
  @Produces
  @ApplicationScoped
  S3Client client() {
    var http = UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
    tls.ifPresent(
        secure ->
            http.tlsTrustManagersProvider(secure::trustManagers)
                .tlsKeyManagersProvider(secure::keyManagers));
    var builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .forcePathStyle(config.pathStyle().orElse(config.endpoint().isPresent()))
            .credentialsProvider(credentials(config))
            .httpClientBuilder(http)
            .overrideConfiguration(
                ClientOverrideConfiguration.builder().apiCallTimeout(config.timeout()).build());
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  void close(@Disposes S3Client client) {
    client.close();
  }

  private static AwsCredentialsProvider credentials(S3Config config) {
    if (config.accessKey().isPresent() && config.secretKey().isPresent()) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(config.accessKey().get(), config.secretKey().get()));
    }
    return DefaultCredentialsProvider.builder().build();
  }
}
