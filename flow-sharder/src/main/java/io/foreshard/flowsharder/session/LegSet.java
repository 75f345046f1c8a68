package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.spi.LegsView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The legs of a session, and which of them may be used now. Belongs to the session's event loop. */
final class LegSet implements LegsView {

    /** A scheduler answers with a bit for each. */
    private static final int MOST_USABLE = Long.SIZE;

    private final List<Leg> all = new ArrayList<>();
    private final List<Leg> usable = new ArrayList<>();
    private @Nullable Leg only;

    List<Leg> all() {
        return all;
    }

    @Nullable
    Leg byId(int id) {
        for (Leg leg : all) {
            if (leg.id() == id) {
                return leg;
            }
        }
        return null;
    }

    /**
     * Finds the legs that may be used: the trusted ones that were measured; for want of such any that was heard of.
     *
     * @return whether there is one
     */
    boolean choose(long nowNanos) {
        usable.clear();
        if (only != null && only.isTrusted(nowNanos)) {
            usable.add(only);
            return true;
        }
        for (Leg leg : all) {
            boolean measured = leg.isTrusted(nowNanos) && leg.meter.roundTrip().hasSample();
            if (measured && usable.size() < MOST_USABLE) {
                usable.add(leg);
            }
        }
        for (int i = 0; usable.isEmpty() && i < all.size(); i++) {
            if (all.get(i).isTrusted(nowNanos)) {
                usable.add(all.get(i));
            }
        }
        for (int i = 0; usable.isEmpty() && i < all.size(); i++) {
            if (all.get(i).isOpen()) {
                usable.add(all.get(i));
            }
        }
        return !usable.isEmpty();
    }

    /** Uses none but the best leg from now on, or all. */
    void collapse(boolean toBest, long nowNanos) {
        only = toBest ? best(nowNanos) : null;
    }

    /** Returns the leg that was seen to pass the most, {@code null} if there is none. */
    @Nullable
    Leg best(long nowNanos) {
        Leg best = null;
        for (Leg leg : all) {
            if (leg.isTrusted(nowNanos) && (best == null || leg.bytesPerSecond() > best.bytesPerSecond())) {
                best = leg;
            }
        }
        return best;
    }

    Leg usable(int index) {
        return usable.get(index);
    }

    /** Returns whether any leg that was chosen has room. */
    boolean hasRoom() {
        for (Leg leg : usable) {
            if (leg.roomBytes() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the leg on which a frame without much weight arrives soonest, {@code null} if none takes more. */
    @Nullable
    Leg quickest(long nowNanos) {
        choose(nowNanos);
        Leg best = null;
        for (Leg leg : usable) {
            boolean quicker = best == null || leg.roundTripNanos() < best.roundTripNanos();
            if (quicker && leg.port.isWritable()) {
                best = leg;
            }
        }
        return best;
    }

    boolean hasTrusted(long nowNanos) {
        for (Leg leg : all) {
            if (leg.isTrusted(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    boolean hasTrustedBeside(Leg one, long nowNanos) {
        for (Leg leg : all) {
            if (leg != one && leg.isTrusted(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Returns 0 while no round trip is known. */
    long shortestRoundTripNanos() {
        long shortest = 0;
        for (Leg leg : all) {
            long nanos = leg.isOpen() ? leg.roundTripNanos() : 0;
            shortest = shortest == 0 || (nanos > 0 && nanos < shortest) ? nanos : shortest;
        }
        return shortest;
    }

    long longestRoundTripNanos() {
        long longest = 0;
        for (Leg leg : all) {
            if (leg.isOpen()) {
                longest = Math.max(longest, leg.roundTripNanos());
            }
        }
        return longest;
    }

    @Override
    public int size() {
        return usable.size();
    }

    @Override
    public long roomBytes(int leg) {
        return usable.get(leg).roomBytes();
    }

    @Override
    public long inFlightBytes(int leg) {
        return usable.get(leg).meter.inFlightBytes();
    }

    @Override
    public double bytesPerSecond(int leg) {
        return usable.get(leg).meter.bytesPerSecond();
    }

    @Override
    public long leastRoundTripNanos(int leg) {
        return usable.get(leg).meter.leastRoundTripNanos();
    }

    @Override
    public long roundTripNanos(int leg) {
        return usable.get(leg).roundTripNanos();
    }
}
