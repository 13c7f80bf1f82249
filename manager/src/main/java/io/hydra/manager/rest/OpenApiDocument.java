package io.hydra.manager.rest;

import io.hydra.api.ChannelsApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/**
 * Says in the OpenAPI document what the records' types alone do not: that names and versions are
 * written as text, and how every failure looks.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class OpenApiDocument implements OASFilter {
  private static final Map<String, String> WRITTEN_AS_TEXT =
      Map.of(
          "ChannelId", "env/namespace/name",
          "DatasetName", "A dataset's name within its release",
          "Digest", "64 lower-case hexadecimal digits that name a dataset's content",
          "InstanceId", "An instance's name, unique in its environment",
          "MaxUnavailable", "A number or a percentage, such as 1 or 25%",
          "NodeName", "A node's name",
          "Promotion",
              "immediate, verified(QUORUM) with a number of nodes or a percentage, or manual",
          "ReleaseVersion", "A version, written as the channel's scheme demands",
          "Uptime", "Windows of the week, such as Mon-Fri 08:00-19:30 Europe/Berlin, or none");

  /**
   * What {@link io.hydra.model.Uptime} and {@link io.hydra.model.Promotion} are made of, which are
   * written as text.
   */
  private static final List<String> PARTS_OF_TEXT =
      List.of(
          "DayOfWeek",
          "LocalDateTime",
          "LocalTime",
          "Month",
          "TimeDefinition",
          "UptimeWindow",
          "When",
          "ZoneId",
          "ZoneOffset",
          "ZoneOffsetTransition",
          "ZoneOffsetTransitionRule",
          "ZoneRules");

  private static final String TOKEN = "token";
  private static final List<String> CREATING = List.of("putChannel", "publish", "republish");
  private static final List<String> NOTHING_TO_ANSWER =
      List.of(
          "reportNode",
          "reportInstance",
          "evictInstance",
          "putManifestPart",
          "putManifest",
          "putChannelState",
          "putReleaseState");

  private static final List<String> READ_FROM_MEMORY =
      List.of("listChannels", "getChannel", "listReleases", "getRelease");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    var components = document.getComponents();
    WRITTEN_AS_TEXT.forEach((name, meaning) -> components.addSchema(name, text(meaning)));
    PARTS_OF_TEXT.forEach(components::removeSchema);
    components.addSchema(
        "ChannelState",
        OASFactory.createSchema()
            .addType(SchemaType.OBJECT)
            .description("Fields of the manager's own, with the sequence numbers of its releases"));
    components.removeSchema("JsonNode");
    components.removeSchema("JsonNodeType");
    components.addSchema("TemplateDataset", templateDataset());
    components.addSchema("Problem", problem());
    components.addSecurityScheme(
        TOKEN,
        OASFactory.createSecurityScheme()
            .type(SecurityScheme.Type.HTTP)
            .scheme("bearer")
            .description(
                "A token of a Kubernetes service account with the manager's audience, or a static one"));
    document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
    document.getPaths().getPathItems().values().stream()
        .flatMap(path -> path.getOperations().values().stream())
        .forEach(OpenApiDocument::complete);
  }

  private static void complete(Operation operation) {
    var responses = operation.getResponses();
    responses.addAPIResponse("401", failure("Nobody knows who calls (UNAUTHENTICATED)"));
    responses.addAPIResponse("403", failure("The caller may not do this (FORBIDDEN)"));
    responses.addAPIResponse("default", failure("A problem (RFC 9457) with a stable code"));
    if (CREATING.contains(operation.getOperationId())) {
      var created = OASFactory.createAPIResponse().description("Created");
      created.setContent(responses.getAPIResponse("200").getContent());
      responses.addAPIResponse("201", created);
    }
    if (READ_FROM_MEMORY.contains(operation.getOperationId())) {
      responses.getAPIResponse("200").addHeader(ChannelsApi.STALE, stale());
    }
    if (NOTHING_TO_ANSWER.contains(operation.getOperationId())) {
      responses.removeAPIResponse("201");
      responses.addAPIResponse("204", OASFactory.createAPIResponse().description("No Content"));
    }
  }

  private static Header stale() {
    return OASFactory.createHeader()
        .description(
            "`true` where the manager cannot reach its state: the answer may be older than what other managers tell, but not"
                + " than what this one has told. Without it the answer holds every change that was acknowledged before the"
                + " question was asked.")
        .schema(OASFactory.createSchema().addType(SchemaType.BOOLEAN));
  }

  private static APIResponse failure(String description) {
    var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
    return OASFactory.createAPIResponse()
        .description(description)
        .content(
            OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema)));
  }

  private static Schema problem() {
    var codes = List.<Object>copyOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .addProperty("type", text("urn:hydra:error:CODE"))
        .addProperty("title", text("Constant for the code"))
        .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
        .addProperty("detail", text("One sentence about this occurrence"))
        .addProperty("code", text("Stable name of the failure").enumeration(codes))
        .addProperty("retryable", OASFactory.createSchema().addType(SchemaType.BOOLEAN))
        .addProperty(
            "context",
            OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .additionalPropertiesSchema(text("Name of what failed")));
  }

  private static Schema templateDataset() {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .addProperty(
            "SourcePath",
            text("s3://BUCKET/KEY or file:///PATH, with at most one {VERSION_PLACEHOLDER}"))
        .addProperty(
            "Placement", text("DISK (0, the default) or RAM (1)").addType(SchemaType.INTEGER))
        .addProperty(
            "Inline",
            files(
                "Instead of a SourcePath: file names with their text, 256 KiB in all of a template"))
        .addProperty("InlineBase64", files("As Inline, for content that is no text, in base64"));
  }

  private static Schema files(String description) {
    return OASFactory.createSchema()
        .addType(SchemaType.OBJECT)
        .description(description)
        .additionalPropertiesSchema(text("A file's content"));
  }

  private static Schema text(String description) {
    return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
  }
}
