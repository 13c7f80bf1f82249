package io.hydra.docto.s3;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The XML document of an error: {@code <Error><Code>…</Code>…</Error>}. Single elements are looked
 * for; what is no such document has none.
 */
record ErrorBody(String text) {
  private static final Pattern CODE = element("Code");
  private static final Pattern MESSAGE = element("Message");
  private static final Pattern REGION = element("Region");
  private static final Pattern ENDPOINT = element("Endpoint");

  Optional<String> code() {
    return find(CODE);
  }

  Optional<String> message() {
    return find(MESSAGE);
  }

  /** The bucket's region, where the request was signed for another one. */
  Optional<String> region() {
    return find(REGION);
  }

  /** The host that the bucket is to be asked for at. */
  Optional<String> endpoint() {
    return find(ENDPOINT);
  }

  private Optional<String> find(Pattern element) {
    var matcher = element.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }

  private static Pattern element(String name) {
    return Pattern.compile("<" + name + ">([^<]{1,1000})</" + name + ">");
  }
}
