package io.hydra.manager.rest;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves the OpenAPI document at Quarkus' usual place too. */
@ApplicationScoped
class OpenApiRoute {
  void add(@Observes Router router) {
    router.get("/q/openapi").handler(request -> request.reroute(HttpMethod.GET, "/openapi"));
  }
}
