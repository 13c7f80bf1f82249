package io.hydra.manager.lead;

/** This manager leads from now on; whoever observes it begins. One that fails ends the lead. */
public record LeadBegan() {}
