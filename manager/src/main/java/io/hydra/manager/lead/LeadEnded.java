package io.hydra.manager.lead;

/**
 * This manager does not lead any more, or stops. When an observer returns, nothing of what it does
 * for a lead is under way.
 */
public record LeadEnded() {}
