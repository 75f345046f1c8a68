package io.foreshard.telemetry.probe;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket per source, in a table that cannot grow: an IPv4 address or the first 64 bits of an IPv6 address, which one host owns
 * whole. Only a source that has been silent for a minute makes room for another, so that a flood of forged sources takes nothing from one that
 * was there before; new sources share one bucket while there is no room. Belongs to one event loop.
 */
final class SourceLimiter {

    private static final int PREFIX_BYTES = 8;
    private static final long SILENT_NANOS = 60_000_000_000L;

    private final double tokensPerNano;
    private final double burst;
    private final int maxSources;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
    private final Bucket shared;

    private static final class Bucket {
        private double tokens;
        private long refilledNanos;

        Bucket(double tokens, long nowNanos) {
            this.tokens = tokens;
            refilledNanos = nowNanos;
        }
    }

    SourceLimiter(int perSecond, int burst, int maxSources, long nowNanos) {
        this.tokensPerNano = perSecond / 1e9;
        this.burst = burst;
        this.maxSources = maxSources;
        this.shared = new Bucket(burst, nowNanos);
    }

    boolean admits(InetAddress source, long nowNanos) {
        Bucket bucket = bucket(key(source), nowNanos);
        refill(bucket, nowNanos);
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    int size() {
        return buckets.size();
    }

    private Bucket bucket(Object key, long nowNanos) {
        Bucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= maxSources && !makeRoom(nowNanos)) {
            return shared;
        }
        Bucket fresh = new Bucket(burst, nowNanos);
        buckets.put(key, fresh);
        return fresh;
    }

    private boolean makeRoom(long nowNanos) {
        Iterator<Bucket> silentForLongest = buckets.values().iterator();
        if (nowNanos - silentForLongest.next().refilledNanos < SILENT_NANOS) {
            return false;
        }
        silentForLongest.remove();
        return true;
    }

    private void refill(Bucket bucket, long nowNanos) {
        long elapsedNanos = Math.max(0, nowNanos - bucket.refilledNanos);
        bucket.tokens = Math.min(burst, bucket.tokens + elapsedNanos * tokensPerNano);
        bucket.refilledNanos += elapsedNanos;
    }

    private static Object key(InetAddress source) {
        if (!(source instanceof Inet6Address)) {
            return source;
        }
        byte[] address = source.getAddress();
        long prefix = 0;
        for (int index = 0; index < PREFIX_BYTES; index++) {
            prefix = (prefix << Byte.SIZE) | (address[index] & 0xFF);
        }
        return prefix;
    }
}
