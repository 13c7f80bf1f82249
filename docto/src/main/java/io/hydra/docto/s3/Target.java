package io.hydra.docto.s3;

import io.hydra.docto.http.Origin;

/**
 * Where one object is asked for.
 *
 * @param region that the request is signed for
 * @param path percent-encoded
 * @param query percent-encoded and sorted; empty without one
 */
record Target(Origin origin, String region, String path, String query) {
  /** As it stands in the request. */
  String text() {
    return query.isEmpty() ? path : path + "?" + query;
  }
}
