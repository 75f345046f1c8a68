package io.foreshard.examples.bonded;

import java.util.List;

/**
 * One look at the download.
 *
 * @param seconds since it began
 * @param bytes that the client has
 * @param relayBytes that came over each relay
 */
record Look(double seconds, long bytes, List<Long> relayBytes) {}
