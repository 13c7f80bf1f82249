package io.hydra.manager.rest;

import io.hydra.model.InstanceId;
import io.hydra.model.NodeName;
import io.hydra.wire.InstanceReport;
import io.hydra.wire.NodeReport;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;

/** Reads what agents report, by way of what they reported before. */
abstract class ReportReader<T> implements ServerMessageBodyReader<T> {
  private final Class<T> report;
  private final HttpHeaders headers;

  ReportReader(Class<T> report, HttpHeaders headers) {
    this.report = report;
    this.headers = headers;
  }

  /** Reports of nodes. */
  @Provider
  @Consumes(MediaType.APPLICATION_JSON)
  static class OfNodes extends ReportReader<NodeReport> {
    private final ReportMemory memory;
    private final UriInfo uri;

    OfNodes(HttpHeaders headers, ReportMemory memory, UriInfo uri) {
      super(NodeReport.class, headers);
      this.memory = memory;
      this.uri = uri;
    }

    @Override
    @Nullable NodeReport read(byte[] body) throws IOException {
      return memory.node(new NodeName(uri.getPathParameters().getFirst("node")), body);
    }
  }

  /** Reports of instances. */
  @Provider
  @Consumes(MediaType.APPLICATION_JSON)
  static class OfInstances extends ReportReader<InstanceReport> {
    private final ReportMemory memory;
    private final UriInfo uri;

    OfInstances(HttpHeaders headers, ReportMemory memory, UriInfo uri) {
      super(InstanceReport.class, headers);
      this.memory = memory;
      this.uri = uri;
    }

    @Override
    @Nullable InstanceReport read(byte[] body) throws IOException {
      return memory.instance(new InstanceId(uri.getPathParameters().getFirst("instance")), body);
    }
  }

  abstract @Nullable T read(byte[] body) throws IOException;

  @Override
  public boolean isReadable(
      Class<?> type,
      Type genericType,
      ResteasyReactiveResourceInfo operation,
      MediaType mediaType) {
    return type.equals(report);
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.equals(report);
  }

  @Override
  public @Nullable T readFrom(
      Class<T> type, Type genericType, MediaType mediaType, ServerRequestContext request)
      throws IOException {
    return read(request.getInputStream(), headers.getLength());
  }

  @Override
  public @Nullable T readFrom(
      Class<T> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> unused,
      InputStream body)
      throws IOException {
    return read(body, this.headers.getLength());
  }

  /**
   * In a buffer of its size, as they are many. Of nothing, the resource tells.
   *
   * @param length as the request says, which has been compared with the limit; negative where it
   *     comes in chunks
   */
  private @Nullable T read(InputStream in, int length) throws IOException {
    var body = length < 0 ? in.readAllBytes() : in.readNBytes(length);
    return body.length == 0 ? null : read(body);
  }
}
