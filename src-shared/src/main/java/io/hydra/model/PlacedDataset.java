package io.hydra.model;

/** A dataset's content under its name, and where consumers read it from. */
public record PlacedDataset(DatasetName name, Digest digest, Placement placement) {}
