package io.hydra.manager.identity;

/** A role in some channels. */
public record Grant(Role role, ChannelPattern channels) {}
