package io.hydra.docto.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Reads heads and trailers strictly by RFC 9112: lines end in CR and LF, no line is folded, no
 * white space stands before a colon. What is refused here, others may read in several ways.
 */
final class HeadReader {
  /** Of one head or trailer. */
  static final int MOST_BYTES = 64 * 1024;

  static final int MOST_FIELDS = 200;

  private static final String VERSION = "HTTP/1.";
  private static final BitSet TOKEN = token();

  private final Inbound in;
  private int bytes;

  HeadReader(Inbound in) {
    this.in = in;
  }

  /**
   * @throws PrematureEnd where the connection ends before it is complete
   * @throws MalformedAnswer where it is not understood
   */
  Head head() throws IOException {
    bytes = 0;
    var line = line();
    if (!isStatusLine(line)) {
      throw new MalformedAnswer("the answer begins with no status line of HTTP/1: " + shown(line));
    }
    int status = Integer.parseInt(line, VERSION.length() + 2, VERSION.length() + 5, 10);
    return new Head(line.charAt(VERSION.length()) - '0', status, fields());
  }

  /** What may stand behind the last chunk. */
  Headers trailers() throws IOException {
    bytes = 0;
    return fields();
  }

  private static boolean isStatusLine(String line) {
    int version = VERSION.length();
    return line.length() >= version + 5
        && line.startsWith(VERSION)
        && (line.charAt(version) == '0' || line.charAt(version) == '1')
        && line.charAt(version + 1) == ' '
        && line.charAt(version + 2) >= '1'
        && line.charAt(version + 2) <= '5'
        && isDigit(line.charAt(version + 3))
        && isDigit(line.charAt(version + 4))
        && (line.length() == version + 5 || line.charAt(version + 5) == ' ');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Headers fields() throws IOException {
    List<Headers.Field> fields = new ArrayList<>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      if (fields.size() == MOST_FIELDS) {
        throw new MalformedAnswer("the answer has more than %d fields".formatted(MOST_FIELDS));
      }
      fields.add(field(line));
    }
    return new Headers(fields);
  }

  private static Headers.Field field(String line) throws MalformedAnswer {
    if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      throw new MalformedAnswer("the answer has a folded field: " + shown(line));
    }
    int colon = line.indexOf(':');
    if (colon < 1 || !isToken(line, colon)) {
      throw new MalformedAnswer("the answer has a malformed field: " + shown(line));
    }
    return new Headers.Field(
        line.substring(0, colon).toLowerCase(Locale.ROOT), stripped(line, colon + 1));
  }

  private static boolean isToken(String line, int end) {
    for (int i = 0; i < end; i++) {
      if (!TOKEN.get(line.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Without white space around it, which here is space and tab only. */
  private static String stripped(String line, int from) {
    int begin = from;
    int end = line.length();
    while (begin < end && isSpace(line.charAt(begin))) {
      begin++;
    }
    while (begin < end && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return line.substring(begin, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int b = next(); b != '\r'; b = next()) {
      if ((b < ' ' && b != '\t') || b == 0x7f) {
        throw new MalformedAnswer(
            "the answer has a control character (%d) in: %s".formatted(b, shown(line)));
      }
      line.append((char) b);
    }
    if (next() != '\n') {
      throw new MalformedAnswer("the answer has a CR without LF behind: " + shown(line));
    }
    return line.toString();
  }

  private int next() throws IOException {
    if (bytes++ == MOST_BYTES) {
      throw new MalformedAnswer("the answer's head exceeds %d bytes".formatted(MOST_BYTES));
    }
    int next = in.next();
    if (next < 0) {
      throw new PrematureEnd("the connection ended within the answer's head");
    }
    return next;
  }

  /** For people and logs: short, and without what is not printable. */
  static String shown(CharSequence text) {
    var shown = new StringBuilder("'");
    text.chars()
        .limit(60)
        .map(c -> c < ' ' || c > '~' ? '?' : c)
        .forEach(c -> shown.append((char) c));
    return shown.append(text.length() > 60 ? "…'" : "'").toString();
  }

  /** RFC 9110, section 5.6.2. */
  private static BitSet token() {
    var token = new BitSet();
    token.set('0', '9' + 1);
    token.set('a', 'z' + 1);
    token.set('A', 'Z' + 1);
    "!#$%&'*+-.^_`|~".chars().forEach(token::set);
    return token;
  }
}
