package io.foreshard.telemetry.probe;

import io.foreshard.telemetry.PathMeter;
import io.foreshard.telemetry.PathProfiles;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Passes the outcomes of one probe on to profiles, and to the listener that was there. Belongs to the probe's event loop. */
final class ProfileFeed implements ProbeListener {

    private final PathProfiles profiles;
    private final ProbeListener next;
    private final Map<InetSocketAddress, PathMeter> meters = new HashMap<>();

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

    private PathMeter meter(InetSocketAddress destination) {
        return meters.computeIfAbsent(destination, profiles::meter);
    }
}
