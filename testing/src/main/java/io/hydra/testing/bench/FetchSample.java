package io.hydra.testing.bench;

import java.time.Duration;

/**
 * What one fetch took.
 *
 * @param wall from the order, or the start of the tool, until all files are there
 * @param processor processor time of the client for this fetch
 * @param sinceStart the same since its process was started; a tool's is {@code processor}
 * @param peakMib the most memory of the client that was resident
 * @param server processor time of the S3 server meanwhile
 */
record FetchSample(
    Duration wall, Duration processor, Duration sinceStart, double peakMib, Duration server) {}
