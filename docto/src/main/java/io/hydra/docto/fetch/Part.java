package io.hydra.docto.fetch;

import io.hydra.model.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of a file, fetched by one request.
 *
 * @param file index in the manifest
 * @param index of the part in its file
 * @param offset of its first byte in the file
 * @param length in bytes, at least 1
 */
public record Part(int file, int index, long offset, long length) {

  /** All parts of a manifest's files, in order. An empty file has none. */
  static List<Part> of(Manifest manifest, long partSize) {
    var parts = new ArrayList<Part>();
    for (int file = 0; file < manifest.files().size(); file++) {
      long size = manifest.files().get(file).size();
      int index = 0;
      for (long offset = 0; offset < size; offset += partSize) {
        parts.add(new Part(file, index, offset, Math.min(partSize, size - offset)));
        index++;
      }
    }
    return parts;
  }
}
