package io.hydra.manager.lead;

/**
 * The manager starts, and will lead or follow: whoever follows the state in memory reads it now,
 * while it can be reached.
 */
public record LeadWanted() {}
