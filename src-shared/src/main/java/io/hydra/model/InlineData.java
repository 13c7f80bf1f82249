package io.hydra.model;

import io.hydra.error.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the files that stand in a template's entry, and what is wrong with them. */
final class InlineData {
  private final List<InlineFile> files = new ArrayList<>();
  private final Set<String> paths = new HashSet<>();
  private final List<String> mistakes = new ArrayList<>();

  /**
   * @param text file names with their content
   * @param base64 the same for content that is no text
   */
  InlineData(Optional<Map<String, String>> text, Optional<Map<String, String>> base64) {
    int count = text.map(Map::size).orElse(0) + base64.map(Map::size).orElse(0);
    if (count > InlineFile.MOST_FILES) {
      mistakes.add(
          "has %d inline files, over the limit of %d; upload them and give a SourcePath"
              .formatted(count, InlineFile.MOST_FILES));
      return;
    }
    text.ifPresent(
        written ->
            written.forEach(
                (path, content) ->
                    add(
                        path,
                        Optional.ofNullable(content)
                            .map(c -> c.getBytes(StandardCharsets.UTF_8)))));
    base64.ifPresent(written -> written.forEach((path, content) -> add(path, decoded(content))));
    if ((text.isPresent() || base64.isPresent()) && files.isEmpty() && mistakes.isEmpty()) {
      mistakes.add("has Inline without a file");
    }
  }

  List<InlineFile> files() {
    return List.copyOf(files);
  }

  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  private void add(String path, Optional<byte[]> content) {
    var name = Printable.of(path);
    RelativePath.objection(path)
        .ifPresent(
            objection ->
                mistakes.add("has the inline file '%s', which %s".formatted(name, objection)));
    if (!paths.add(path)) {
      mistakes.add("has the inline file '%s' twice".formatted(name));
    }
    if (content.isEmpty()) {
      mistakes.add("has the inline file '%s' without content that can be read".formatted(name));
      return;
    }
    files.add(new InlineFile(path, Base64.getEncoder().encodeToString(content.get())));
  }

  private static Optional<byte[]> decoded(@Nullable String base64) {
    try {
      return Optional.ofNullable(base64)
          .map(text -> Base64.getDecoder().decode(text.replaceAll("\\s", "")));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
