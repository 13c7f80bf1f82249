package io.hydra.cli.template;

/** Templates to start from. */
public final class TemplateStarter {
  /** With comments that say what may stand where. */
  public static final String YAML =
      """
      # A data template: the datasets that make up one release.
      #
      #   check it    hydra template check FILE
      #   try it      hydra publish FILE --env prod -n search --release searcher --dry-run
      #   publish it  hydra publish FILE --env prod -n search --release searcher --wait
      #
      # Each key is a dataset's name: what the service finds it by. Letters, digits, '_', '-' and '.'.

      dataset_1:
        # Where the files lie: one file, or everything below a prefix that ends in '/'.
        # {VERSION_PLACEHOLDER} becomes the newest version there, such as 2026-11-08T09-00-00;
        # with --same-version, the newest one that all datasets have. A path may do without.
        SourcePath: s3://bucket/some-data-set-1/{VERSION_PLACEHOLDER}/file1.xyz
        # Where the service reads it from: DISK (or 0, the default) or RAM (or 1).
        Placement: DISK

      dataset_2:
        SourcePath: s3://bucket/some-data-set-2/{VERSION_PLACEHOLDER}/
        Placement: RAM

      # Small files can stand here themselves (256 KiB in all); InlineBase64 takes what is no text:
      #
      # settings:
      #   Inline: {settings.json: '{"threshold": 0.7}'}
      """;

  /** The same; JSON has no comments. */
  public static final String JSON =
      """
      {
        "dataset_1": {
          "SourcePath": "s3://bucket/some-data-set-1/{VERSION_PLACEHOLDER}/file1.xyz",
          "Placement": "DISK"
        },
        "dataset_2": {
          "SourcePath": "s3://bucket/some-data-set-2/{VERSION_PLACEHOLDER}/",
          "Placement": "RAM"
        }
      }
      """;

  private TemplateStarter() {}

  /** The template for a file of that name. */
  public static String forFile(String file) {
    return file.endsWith(".json") ? JSON : YAML;
  }
}
