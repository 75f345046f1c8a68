package io.foreshard.examples.addresses;

/**
 * A machine of a trace, which has an address as long as it runs.
 *
 * @param subdivision which one, from 0
 * @param startMillis when it is created, since the start of the trace
 * @param endMillis when it ends, {@link Long#MAX_VALUE} if that is not known
 */
record Machine(int subdivision, long startMillis, long endMillis) {}
