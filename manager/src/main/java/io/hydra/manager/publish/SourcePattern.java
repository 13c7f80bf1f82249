package io.hydra.manager.publish;

import io.hydra.model.DataTemplate;
import io.hydra.model.ReleaseVersion;
import java.util.Optional;

/**
 * A source path around its placeholder.
 *
 * @param folder up to and with the last '/' before the placeholder
 * @param before what stands between that and the placeholder
 * @param after what follows the placeholder within its path component
 * @param rest what follows that component, beginning with '/'; empty where the component is the
 *     last
 */
record SourcePattern(String folder, String before, String after, String rest) {
  static SourcePattern of(String path) {
    int at = path.indexOf(DataTemplate.PLACEHOLDER);
    int begin = path.lastIndexOf('/', at) + 1;
    int end = at + DataTemplate.PLACEHOLDER.length();
    int slash = path.indexOf('/', end);
    int componentEnd = slash < 0 ? path.length() : slash;
    return new SourcePattern(
        path.substring(0, begin),
        path.substring(begin, at),
        path.substring(end, componentEnd),
        path.substring(componentEnd));
  }

  String fill(ReleaseVersion version) {
    return folder + before + version.value() + after + rest;
  }

  /** Whether the component with the placeholder is a folder, not a file. */
  boolean versionIsFolder() {
    return !rest.isEmpty();
  }

  /**
   * What stands for the version in a name found in the folder; empty where the name has another
   * shape.
   */
  Optional<String> versionIn(String component) {
    if (component.length() <= before.length() + after.length()
        || !component.startsWith(before)
        || !component.endsWith(after)) {
      return Optional.empty();
    }
    return Optional.of(component.substring(before.length(), component.length() - after.length()));
  }
}
