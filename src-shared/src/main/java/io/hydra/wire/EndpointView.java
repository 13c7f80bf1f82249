package io.hydra.wire;

/** How an instance stands with the Services that name it. */
public record EndpointView(EndpointState state) {}
