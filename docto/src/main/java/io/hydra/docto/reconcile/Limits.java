package io.hydra.docto.reconcile;

/** How many operations of a kind may run at once. */
record Limits(int fetches, int copies, int checks) {}
