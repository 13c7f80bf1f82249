package io.hydra.docto.s3;

/** Told when an answer was not understood and the AWS SDK is asked instead; from many threads. */
@FunctionalInterface
public interface FallbackListener {
  void fellBack();
}
