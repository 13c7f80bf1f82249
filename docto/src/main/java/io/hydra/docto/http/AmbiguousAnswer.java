package io.hydra.docto.http;

import java.io.IOException;

/**
 * An answer whose end two readers may see in different places, as an attacker would have it (RFC
 * 9112, section 11.2). Nobody is to read it.
 */
public final class AmbiguousAnswer extends IOException {
  AmbiguousAnswer(String message) {
    super(message);
  }
}
