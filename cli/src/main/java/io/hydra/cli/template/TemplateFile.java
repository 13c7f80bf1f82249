package io.hydra.cli.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.hydra.cli.CliFailure;
import io.hydra.cli.document.Documents;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.model.DataTemplate;
import io.hydra.model.TemplateDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Reads a data template, JSON or YAML, from a file or, as {@code -}, from stdin. */
public final class TemplateFile {
  private static final String STDIN = "-";
  private static final TypeReference<Map<String, TemplateDataset>> TYPE = new TypeReference<>() {};

  private final InputStream stdin;

  public TemplateFile(InputStream stdin) {
    this.stdin = stdin;
  }

  /**
   * Reads and checks a template, without asking anybody whether its sources exist.
   *
   * @throws CliFailure when there is no such file or it cannot be read
   * @throws HydraException {@code INVALID_TEMPLATE} naming what is wrong with it
   */
  public Map<String, TemplateDataset> read(String file) {
    var name = file.equals(STDIN) ? "the template on stdin" : "the template " + file;
    var written = parse(text(file, name), name);
    written.forEach(
        (dataset, entry) -> {
          if (entry == null) {
            throw invalid(name + " says nothing of dataset '" + dataset + "'");
          }
        });
    try {
      DataTemplate.check(written);
    } catch (HydraException mistakes) {
      throw new HydraException(mistakes.code(), name + ": " + mistakes.detail());
    }
    return written;
  }

  private static Map<String, TemplateDataset> parse(String text, String name) {
    try {
      var start = text.stripLeading();
      if (start.isEmpty()) {
        throw invalid(name + " is empty");
      }
      // A parser of JSON finds the place of a mistake in JSON better than one of YAML.
      var written =
          start.startsWith("{") ? Documents.readJson(text, TYPE) : Documents.readYaml(text, TYPE);
      if (written == null) {
        throw invalid(name + " is empty");
      }
      return written;
    } catch (JsonProcessingException malformed) {
      throw invalid(name + " cannot be understood: " + Documents.mistake(malformed));
    }
  }

  private String text(String file, String name) {
    try {
      return file.equals(STDIN)
          ? new String(stdin.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException none) {
      throw CliFailure.usage(
          "there is no file '%s'".formatted(file), "make one: hydra template init " + file);
    } catch (MalformedInputException binary) {
      throw invalid(name + " is not a text in UTF-8");
    } catch (IOException unreadable) {
      throw CliFailure.usage("%s cannot be read: %s".formatted(name, unreadable));
    }
  }

  private static HydraException invalid(String detail) {
    return new HydraException(ErrorCode.INVALID_TEMPLATE, detail);
  }
}
