package io.foreshard.examples.gateway;

/**
 * What was seen of one server and its path at one time.
 *
 * @param atSeconds since the start of the run
 * @param bytesPerSecond sent towards the server since the look before
 * @param waitingBytes what waits in the gateway
 * @param queueSeconds time in the path's own queue, NaN when not known
 * @param load of the server, 0…1, NaN when not known
 * @param limitBytesPerSecond what the shaper allows, infinite for no limit
 */
record Look(
        double atSeconds,
        double bytesPerSecond,
        long waitingBytes,
        double queueSeconds,
        double load,
        double limitBytesPerSecond) {

    boolean isLimited() {
        return limitBytesPerSecond < Double.POSITIVE_INFINITY;
    }
}
