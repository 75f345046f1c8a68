package io.foreshard.telemetry.probe;

import io.foreshard.telemetry.PathMeter;
import io.foreshard.telemetry.PathProfiles;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Passes the outcomes of one probe on to profiles, and to the listener that was there. Belongs to the probe's event loop. */
final class ProfileFeed implements ProbeListener {

    /** As many as any probe of an agent has at a time. What connections of clients have left behind makes room for new ones. */
    static final int MOST_METERS = 1024;

    private final PathProfiles profiles;
    private final ProbeListener next;
    private final Map<InetSocketAddress, PathMeter> meters = new Newest();

    private static final class Newest extends LinkedHashMap<InetSocketAddress, PathMeter> {

        private static final long serialVersionUID = 1;

        Newest() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, PathMeter> eldest) {
            return size() > MOST_METERS;
        }
    }

    ProfileFeed(PathProfiles profiles, ProbeListener next) {
        this.profiles = profiles;
        this.next = next;
    }

    @Override
    public void onRoundTrip(InetSocketAddress destination, long roundTripNanos, long nowNanos) {
        meter(destination).roundTrip(roundTripNanos, nowNanos);
        next.onRoundTrip(destination, roundTripNanos, nowNanos);
    }

    @Override
    public void onLoss(InetSocketAddress destination, long nowNanos) {
        meter(destination).lost(1, nowNanos);
        next.onLoss(destination, nowNanos);
    }

    int meters() {
        return meters.size();
    }

    private PathMeter meter(InetSocketAddress destination) {
        return meters.computeIfAbsent(destination, profiles::meter);
    }
}
