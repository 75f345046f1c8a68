package io.foreshard.telemetry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of destinations, found by exact address and port first, then by the longest prefix around the address. Bounded: a
 * new destination takes the place of one that is worth nothing any more, or none. Reading is free of locks, any thread.
 */
final class DestinationTable<V> {

    private static final int V4_LENGTHS = 33;
    private static final int V6_LENGTHS = 129;
    // How many entries a new destination looks at for one to replace, so that a flood of destinations costs the same
    // each.
    private static final int LOOKED_AT = 16;

    private final int maxDestinations;
    private final Map<Object, V> entries = new ConcurrentHashMap<>();
    // How many prefixes there are of each length: lookups skip the lengths that nobody uses.
    private final AtomicIntegerArray v4Lengths = new AtomicIntegerArray(V4_LENGTHS);
    private final AtomicIntegerArray v6Lengths = new AtomicIntegerArray(V6_LENGTHS);
    private Iterator<Map.Entry<Object, V>> hand = entries.entrySet().iterator();

    DestinationTable(int maxDestinations) {
        this.maxDestinations = maxDestinations;
    }

    @Nullable
    V find(SocketAddress destination) {
        V exact = entries.get(destination);
        if (exact != null || !(destination instanceof InetSocketAddress inet)) {
            return exact;
        }
        InetAddress address = inet.getAddress();
        return address == null ? null : findPrefix(AddressPrefix.of(address));
    }

    @Nullable
    V get(Object key) {
        return entries.get(key);
    }

    /** Returns the entry of a key, made where there is none, or null if there is no room. */
    synchronized @Nullable V getOrAdd(Object key, Supplier<V> fresh, Predicate<V> worthless) {
        V present = entries.get(key);
        if (present != null) {
            return present;
        }
        if (entries.size() >= maxDestinations && !evict(worthless)) {
            return null;
        }
        V added = fresh.get();
        entries.put(key, added);
        countLength(key, 1);
        return added;
    }

    private @Nullable V findPrefix(AddressPrefix address) {
        AtomicIntegerArray lengths = lengthsOf(address);
        for (int length = lengths.length() - 1; length >= 0; length--) {
            if (lengths.get(length) > 0) {
                V found = entries.get(new AddressPrefix(address.v6(), address.high(), address.low(), length));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private boolean evict(Predicate<V> worthless) {
        for (int looked = 0; looked < LOOKED_AT; looked++) {
            if (!hand.hasNext()) {
                hand = entries.entrySet().iterator();
            }
            Map.Entry<Object, V> candidate = hand.next();
            if (worthless.test(candidate.getValue()) && entries.remove(candidate.getKey(), candidate.getValue())) {
                countLength(candidate.getKey(), -1);
                return true;
            }
        }
        return false;
    }

    private void countLength(Object key, int change) {
        if (key instanceof AddressPrefix prefix) {
            lengthsOf(prefix).addAndGet(prefix.length(), change);
        }
    }

    private AtomicIntegerArray lengthsOf(AddressPrefix prefix) {
        return prefix.v6() ? v6Lengths : v4Lengths;
    }
}
