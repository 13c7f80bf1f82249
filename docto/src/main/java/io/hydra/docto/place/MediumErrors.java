package io.hydra.docto.place;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * Failures to read that say something of the file, and not of the moment, such as a lack of file
 * descriptors does: the medium cannot give its bytes, or they are gone.
 */
public final class MediumErrors {
  /**
   * As strerror(3) has them, since the JDK keeps no numbers: EIO; EUCLEAN and EBADMSG of file
   * systems that find themselves damaged; ENODATA, EREMOTEIO and EILSEQ, in which Linux words bad
   * sectors, targets that fail and failed protection information (blk_errors in block/blk-core.c).
   */
  private static final List<String> TEXTS =
      List.of(
          "Input/output error",
          "Structure needs cleaning",
          "Bad message",
          "No data available",
          "Remote I/O error",
          "Invalid or incomplete multibyte or wide character");

  private MediumErrors() {}

  /** Why the file is damaged, as part of a sentence; empty if that does not follow. */
  public static Optional<String> reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return Optional.of("is missing");
    }
    var message = String.valueOf(failure.getMessage());
    return TEXTS.stream()
        .filter(message::contains)
        .findFirst()
        .map(text -> "cannot be read: " + text);
  }
}
