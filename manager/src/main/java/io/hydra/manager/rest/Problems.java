package io.hydra.manager.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes every failure a problem body with a stable code. */
@RegisterForReflection(targets = {Problem.class, ErrorCode.class})
class Problems {
  private static final Logger LOG = Logger.getLogger(Problems.class);

  /** A leader is found within a few. */
  private static final int RETRY_AFTER_SECONDS = 2;

  @ServerExceptionMapper
  Response refused(HydraException failure) {
    if (failure.code().status() >= 500 && failure.code() != ErrorCode.SOURCE_UNAVAILABLE) {
      LOG.warnf("code=%s %s", failure.code(), failure.detail());
    }
    return answer(failure.toProblem());
  }

  /**
   * JSON that cannot be read; a value that a record refuses is the cause of such an exception too.
   */
  @ServerExceptionMapper
  Response unreadable(JsonProcessingException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HydraException refusal) {
        return answer(refusal.toProblem());
      }
    }
    if (failure instanceof UnrecognizedPropertyException unknown) {
      return answer(UnknownField.problem(unknown, path(unknown)));
    }
    var where = failure instanceof JsonMappingException mapping ? path(mapping) : "";
    return answer(
        Problem.of(
            ErrorCode.INVALID_REQUEST,
            "the body is not the JSON that is expected%s: %s"
                .formatted(where.isEmpty() ? "" : " at " + where, failure.getOriginalMessage()),
            Map.of()));
  }

  /** Named apart, since Quarkus has a mapper of its own for it, which answers without a body. */
  @ServerExceptionMapper
  Response mismatched(MismatchedInputException failure) {
    return unreadable(failure);
  }

  private static String path(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  @ServerExceptionMapper
  Response http(WebApplicationException failure, UriInfo uri) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof HydraException refusal) {
        return answer(refusal.toProblem());
      }
      if (cause instanceof JsonProcessingException json) {
        return unreadable(json);
      }
    }
    if (failure instanceof NotFoundException && failure.getCause() != null) {
      // As Jakarta REST has it, a parameter that cannot be converted is "not found".
      return answer(Problem.of(ErrorCode.INVALID_REQUEST, ParameterForms.objection(uri), Map.of()));
    }
    int status = failure.getResponse().getStatus();
    var code =
        status == 404
            ? ErrorCode.NOT_FOUND
            : status >= 500 ? ErrorCode.INTERNAL : ErrorCode.INVALID_REQUEST;
    var title = Response.Status.fromStatusCode(status);
    var problem =
        Problem.of(
            code, title == null ? "HTTP status " + status : title.getReasonPhrase(), Map.of());
    return Response.status(status)
        .type(Problem.MEDIA_TYPE)
        .entity(withStatus(problem, status))
        .build();
  }

  static Problem withStatus(Problem problem, int status) {
    return new Problem(
        problem.type(),
        problem.title(),
        status,
        problem.detail(),
        problem.code(),
        problem.retryable(),
        problem.context());
  }

  /** What nobody expected: the log has the whole of it under an id that the answer names. */
  @ServerExceptionMapper
  Response unexpected(Throwable failure) {
    if (isBrokenOff(failure)) {
      LOG.debug("a client broke its request off", failure);
      return answer(Problem.of(ErrorCode.INVALID_REQUEST, "the request broke off", Map.of()));
    }
    var id = UUID.randomUUID().toString();
    LOG.errorf(failure, "code=INTERNAL id=%s", id);
    return answer(
        Problem.of(
            ErrorCode.INTERNAL,
            "the manager failed; its log tells more under " + id,
            Map.of("id", id)));
  }

  /** The client is gone before its request was read; nobody gets the answer. */
  private static boolean isBrokenOff(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpClosedException) {
        return true;
      }
    }
    return false;
  }

  private static Response answer(Problem problem) {
    var answer = Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    if (problem.code() == ErrorCode.UNAUTHENTICATED) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"hydra\"");
    }
    if (problem.status() == ErrorCode.UNAVAILABLE.status()) {
      answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return answer.build();
  }
}
