package io.hydra.api;

import io.hydra.error.ErrorCode;
import io.hydra.error.HydraException;
import io.hydra.error.Problem;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/**
 * Turns the manager's problem bodies back into the exceptions they were made from, on the client's
 * side.
 */
public final class ProblemReader implements ResponseExceptionMapper<HydraException> {
  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status >= 400;
  }

  @Override
  public HydraException toThrowable(Response response) {
    if (Problem.MEDIA_TYPE.equals(mediaType(response))) {
      try {
        return response.readEntity(Problem.class).toException();
      } catch (ProcessingException | IllegalStateException unreadable) {
        return withoutProblem(response);
      }
    }
    return withoutProblem(response);
  }

  /** Something between us and the manager answered, or a manager of another version. */
  private static HydraException withoutProblem(Response response) {
    int status = response.getStatus();
    return new HydraException(
        code(status),
        "the manager's address answered with HTTP status " + status,
        Map.of("status", Integer.toString(status)));
  }

  private static String mediaType(Response response) {
    var type = response.getMediaType();
    return type == null ? "" : type.getType() + "/" + type.getSubtype();
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 401 -> ErrorCode.UNAUTHENTICATED;
      case 403 -> ErrorCode.FORBIDDEN;
      case 404 -> ErrorCode.NOT_FOUND;
      default -> status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.INVALID_REQUEST;
    };
  }
}
