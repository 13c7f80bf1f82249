package io.hydra.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/**
 * The AWS SDK's checksums without the AWS Common Runtime, which is not there: native-image wants
 * every class that is named to exist, even where the SDK asks first whether it does.
 */
@SuppressWarnings("DoNotCallSuggester") // others do call them
@TargetClass(
    className = "software.amazon.awssdk.checksums.internal.ChecksumProvider",
    onlyWith = ChecksumsWithoutCrt.AwsSdkPresent.class)
final class ChecksumsWithoutCrt {
  private ChecksumsWithoutCrt() {}

  /** None, upon which the SDK takes Java's. */
  @Substitute
  static @Nullable SdkChecksum createCrtCrc32C() {
    return null;
  }

  @Substitute
  static SdkChecksum crc64NvmeCrtImplementation() {
    throw new UnsupportedOperationException("CRC64NVME needs the AWS Common Runtime");
  }

  @Substitute
  static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
    throw new UnsupportedOperationException(algorithm + " needs the AWS Common Runtime");
  }

  /** Not every program has it. */
  static final class AwsSdkPresent implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      try {
        Class.forName(
            "software.amazon.awssdk.checksums.SdkChecksum",
            false,
            Thread.currentThread().getContextClassLoader());
        return true;
      } catch (ClassNotFoundException absent) {
        return false;
      }
    }
  }
}
