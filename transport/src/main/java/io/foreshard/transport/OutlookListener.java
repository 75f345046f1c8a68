package io.foreshard.transport;

import io.foreshard.coreapi.PathOutlook;
import java.net.SocketAddress;

/**
 * Is told of every new outlook beside what was observed, so that forecasts can be recorded and scored. Called on the forecast executor,
 * once per planning interval and path; an exception is counted.
 */
@FunctionalInterface
public interface OutlookListener {

    /** Ignores outlooks. */
    OutlookListener NOOP = (remote, outlook, observed) -> {};

    /**
     * Takes an outlook.
     *
     * @param remote where the path leads
     * @param outlook what is expected of the next interval
     * @param observedBytesPerSecond capacity observed in the interval that has just ended, NaN when not known
     */
    void onOutlook(SocketAddress remote, PathOutlook outlook, double observedBytesPerSecond);
}
