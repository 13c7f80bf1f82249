package io.hydra.docto.fetch;

import io.hydra.model.Manifest;
import io.hydra.model.ManifestFile;
import java.util.List;
import java.util.stream.IntStream;

/** All parts of a manifest's files, numbered from 0 in order. An empty file has none. */
final class Parts {
  private final List<ManifestFile> files;
  private final long partSize;

  /** Number of each file's first part, and behind them how many there are. */
  private final int[] first;

  /**
   * @param partSize in bytes; each file's last part may be shorter
   * @throws ArithmeticException if there are more than 2³¹ - 1
   */
  Parts(Manifest manifest, long partSize) {
    this.files = manifest.files();
    this.partSize = partSize;
    this.first = new int[files.size() + 1];
    for (int file = 0; file < files.size(); file++) {
      long count = Math.ceilDiv(files.get(file).size(), partSize);
      first[file + 1] = Math.toIntExact(first[file] + count);
    }
  }

  int count() {
    return first[files.size()];
  }

  /** A file's parts, by their numbers. */
  IntStream of(int file) {
    return IntStream.range(first[file], first[file + 1]);
  }

  boolean has(int file, int index) {
    return file >= 0 && file < files.size() && index >= 0 && index < first[file + 1] - first[file];
  }

  /**
   * @param index of the part in its file
   */
  int number(int file, int index) {
    return first[file] + index;
  }

  int number(Part part) {
    return number(part.file(), part.index());
  }

  Part get(int number) {
    int file = fileOf(number);
    int index = number - first[file];
    long offset = index * partSize;
    return new Part(file, index, offset, Math.min(partSize, files.get(file).size() - offset));
  }

  /**
   * The last one that begins there or before; those without parts begin where the next one does.
   */
  private int fileOf(int number) {
    int low = 0;
    int high = files.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (first[middle] <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
