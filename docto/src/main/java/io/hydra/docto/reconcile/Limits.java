package io.hydra.docto.reconcile;

/**
 * How many operations of a kind may run at once.
 *
 * @param fetches that are as urgent as each other, or more
 */
record Limits(int fetches, int copies, int checks) {}
