package io.hydra.docto.fetch;

/**
 * A range of a file, fetched by one request.
 *
 * @param file index in the manifest
 * @param index of the part in its file
 * @param offset of its first byte in the file
 * @param length in bytes, at least 1
 */
record Part(int file, int index, long offset, long length) {}
