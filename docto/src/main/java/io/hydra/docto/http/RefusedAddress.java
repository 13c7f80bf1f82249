package io.hydra.docto.http;

import java.io.IOException;

/**
 * A host stands, or has been made to stand, for an address at which no source may be; see {@link
 * AddressRules}. Another attempt would be refused, too.
 */
public final class RefusedAddress extends IOException {
  RefusedAddress(String message) {
    super(message);
  }
}
