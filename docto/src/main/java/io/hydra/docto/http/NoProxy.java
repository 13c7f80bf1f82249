package io.hydra.docto.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Whom {@code no_proxy} names. As in Go and curl: {@code *}; a name, which stands for all below it,
 * too; {@code .name} or {@code *.name}, for those below it only; an address; a network in CIDR
 * notation; each but {@code *} and networks perhaps with a port. Names are not resolved.
 */
record NoProxy(List<Rule> rules) {
  sealed interface Rule {
    record All() implements Rule {}

    record Name(String name, boolean itself, OptionalInt port) implements Rule {}

    record Network(InetAddress address, int bits, OptionalInt port) implements Rule {}
  }

  static NoProxy parse(String text) {
    return new NoProxy(
        Stream.of(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .flatMap(entry -> rule(entry).stream())
            .toList());
  }

  boolean has(Origin origin) {
    var address = HostAndPort.literal(origin.host());
    if (origin.host().equals("localhost")
        || address.map(InetAddress::isLoopbackAddress).orElse(false)) {
      return true;
    }
    return rules.stream().anyMatch(rule -> isMet(rule, origin, address));
  }

  private static boolean isMet(Rule rule, Origin origin, Optional<InetAddress> address) {
    return switch (rule) {
      case Rule.All _ -> true;
      case Rule.Name(var name, var itself, var port) ->
          address.isEmpty()
              && matches(port, origin)
              && (origin.host().endsWith("." + name) || (itself && origin.host().equals(name)));
      case Rule.Network(var network, var bits, var port) ->
          matches(port, origin)
              && address
                  .filter(it -> isWithin(it.getAddress(), network.getAddress(), bits))
                  .isPresent();
    };
  }

  private static boolean matches(OptionalInt port, Origin origin) {
    return port.isEmpty() || port.getAsInt() == origin.port();
  }

  /** What makes no sense names nobody. */
  private static Optional<Rule> rule(String entry) {
    if (entry.equals("*")) {
      return Optional.of(new Rule.All());
    }
    var network = network(entry);
    if (network.isPresent()) {
      return network;
    }
    try {
      var plain = HostAndPort.literal(entry);
      var place =
          plain.isPresent()
              ? new HostAndPort(entry, OptionalInt.empty())
              : HostAndPort.parse(entry);
      return HostAndPort.literal(place.host())
          .<Rule>map(it -> new Rule.Network(it, bitsOf(it), place.port()))
          .or(() -> Optional.of(name(place)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Rule name(HostAndPort place) {
    var name = place.host().startsWith("*.") ? place.host().substring(1) : place.host();
    boolean below = name.startsWith(".");
    return new Rule.Name(below ? name.substring(1) : name, !below, place.port());
  }

  private static Optional<Rule> network(String entry) {
    int slash = entry.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    var bits = entry.substring(slash + 1);
    return HostAndPort.literal(entry.substring(0, slash))
        .filter(_ -> bits.matches("\\d{1,3}"))
        .filter(it -> Integer.parseInt(bits) <= bitsOf(it))
        .map(it -> new Rule.Network(it, Integer.parseInt(bits), OptionalInt.empty()));
  }

  private static int bitsOf(InetAddress address) {
    return address.getAddress().length * 8;
  }

  private static boolean isWithin(byte[] address, byte[] network, int bits) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
