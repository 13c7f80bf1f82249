package io.hydra.manager.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.hydra.api.ChannelsApi;
import io.hydra.error.ErrorCode;
import io.hydra.error.Problem;
import io.hydra.wire.HydraJson;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

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
          "ScopeName", "A scope's name: lower case letters, digits and dashes",
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

  /** Of an enumeration of what is told: who reads it must expect values that it does not have. */
  private static final String OPEN = "x-open-enum";

  /** What events tell, and why heads change. */
  private static final List<String> GROWING = List.of("EventType", "Cause");

  /** Of refusals whose status is not that of their code. */
  private static final List<Response.Status> OTHER_STATUSES =
      List.of(Response.Status.NOT_ACCEPTABLE, Response.Status.UNSUPPORTED_MEDIA_TYPE);

  /** Of an answer: the codes that its problem may have. */
  private static final String CODES = "x-error-codes";

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
      List.of(
          "listChannels",
          "getChannel",
          "listReleases",
          "getRelease",
          "listHeadChanges",
          "getHeadAt",
          "getStatus",
          "explain",
          "listNodes",
          "getNode",
          "listInstances",
          "getInstance",
          "getManager");

  /** Those that answer with a channel. */
  private static final List<String> TAGGED =
      List.of("getChannel", "putChannel", "pin", "unpin", "rollback", "promote", "reject");

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
    GROWING.stream()
        .flatMap(name -> Optional.ofNullable(components.getSchemas().get(name)).stream())
        .forEach(types -> types.addExtension(OPEN, true));
    components
        .getSchemas()
        .forEach((name, schema) -> ApiFields.requiredOf(name).forEach(schema::addRequired));
    for (var code : ErrorCode.values()) {
      components.addExample(code.name(), example(code, ApiExamples.of(code)));
    }
    OTHER_STATUSES.forEach(
        status -> components.addExample(nameOf(status.getStatusCode()), example(status)));
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
    if (CREATING.contains(operation.getOperationId())) {
      var created = OASFactory.createAPIResponse().description("Created");
      created.setContent(sameContent(responses.getAPIResponse("200").getContent()));
      created.addHeader("Location", header("The path of what was made", SchemaType.STRING));
      responses.addAPIResponse("201", created);
    }
    if (READ_FROM_MEMORY.contains(operation.getOperationId())) {
      responses.getAPIResponse("200").addHeader(ChannelsApi.STALE, stale());
    }
    if (TAGGED.contains(operation.getOperationId())) {
      responses.getAPIResponses().values().stream()
          .filter(answer -> answer.getContent() != null)
          .forEach(answer -> answer.addHeader(HttpHeaders.ETAG, tag()));
    }
    if (NOTHING_TO_ANSWER.contains(operation.getOperationId())) {
      responses.removeAPIResponse("201");
      responses.addAPIResponse("204", OASFactory.createAPIResponse().description("No Content"));
    }
    addFailures(operation);
    addExamples(operation);
  }

  /** Each answer has examples of its own. */
  private static Content sameContent(Content content) {
    var same = OASFactory.createContent();
    content
        .getMediaTypes()
        .forEach(
            (name, type) ->
                same.addMediaType(name, OASFactory.createMediaType().schema(type.getSchema())));
    return same;
  }

  private static void addFailures(Operation operation) {
    var responses = operation.getResponses();
    ApiErrors.of(operation.getOperationId(), operation.getRequestBody() != null)
        .forEach(
            (status, codes) ->
                responses.addAPIResponse(Integer.toString(status), failure(status, codes)));
    responses.addAPIResponse(
        "default", failure("Whatever else goes wrong: a problem with a stable code"));
  }

  private static APIResponse failure(int status, Set<ErrorCode> codes) {
    var names = codes.stream().map(Enum::name).toList();
    var failure = failure(String.join(", ", names));
    failure.addExtension(CODES, names);
    var type = failure.getContent().getMediaType(Problem.MEDIA_TYPE);
    codes.forEach(code -> type.addExample(code.name(), example(code, status)));
    if (status == ErrorCode.UNAVAILABLE.status()) {
      failure.addHeader(
          "Retry-After", header("Seconds after which to ask again", SchemaType.INTEGER));
    }
    return failure;
  }

  private static void addExamples(Operation operation) {
    var id = operation.getOperationId();
    Optional.ofNullable(operation.getRequestBody())
        .ifPresent(body -> addExample(body.getContent(), id, ApiExamples.REQUEST));
    operation
        .getResponses()
        .getAPIResponses()
        .forEach((status, answer) -> addExample(answer.getContent(), id, status));
    Optional.ofNullable(operation.getParameters()).stream()
        .flatMap(List::stream)
        .forEach(
            parameter -> {
              ApiExamples.ofParameter(parameter.getName()).ifPresent(parameter::setExample);
              ApiFields.meaningOf(parameter.getName()).ifPresent(parameter::setDescription);
            });
  }

  private static void addExample(@Nullable Content content, String operation, String at) {
    var example = ApiExamples.of(operation, at);
    if (content != null && example.isPresent()) {
      content.getMediaTypes().values().forEach(type -> type.setExample(tree(example.get().json())));
    }
  }

  private static Object tree(String json) {
    try {
      return HydraJson.mapper().readValue(json, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + json, e);
    }
  }

  private static Example example(ErrorCode code, int status) {
    return OASFactory.createExample().ref(code.status() == status ? code.name() : nameOf(status));
  }

  /** Of the example of an invalid request that HTTP has a status of its own for. */
  private static String nameOf(int status) {
    return ErrorCode.INVALID_REQUEST.name() + "_" + status;
  }

  private static Example example(Response.Status status) {
    return example(
        ErrorCode.INVALID_REQUEST,
        Problems.withStatus(
            Problem.of(ErrorCode.INVALID_REQUEST, status.getReasonPhrase(), Map.of()),
            status.getStatusCode()));
  }

  private static Example example(ErrorCode code, Problem problem) {
    return OASFactory.createExample()
        .summary(code.title())
        .value(HydraJson.mapper().convertValue(problem, Object.class));
  }

  private static Header header(String description, SchemaType type) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(type));
  }

  private static Header tag() {
    return header("The channel's revision, for If-Match", SchemaType.STRING);
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
        .addProperty(
            "code",
            text("Stable name of the failure; more may come")
                .enumeration(codes)
                .addExtension(OPEN, true))
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
