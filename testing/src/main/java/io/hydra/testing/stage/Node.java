package io.hydra.testing.stage;

import io.hydra.layout.NodeLayout;
import io.hydra.testing.process.Program;

/** A node of the stage: a root, a RAM root, and a Docto. */
public record Node(String name, NodeLayout layout, Program docto) {}
