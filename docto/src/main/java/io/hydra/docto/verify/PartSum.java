package io.hydra.docto.verify;

/**
 * A part of a file as it was received.
 *
 * @param index of the part in its file
 * @param offset of its first byte in the file
 * @param length in bytes
 * @param sum of its bytes, by the {@link Crc} of the file
 * @param uncertain whether the disk may have lost it since, so that it has to be read again
 */
public record PartSum(int index, long offset, long length, long sum, boolean uncertain) {
  long end() {
    return offset + length;
  }
}
