package io.foreshard.tck;

import io.foreshard.flowsharder.spi.LegsView;
import java.util.SplittableRandom;

/** Legs of any kind: full, idle, unknown, slow, fast. */
final class RandomLegs implements LegsView {

    private final long[] room;
    private final long[] inFlight;
    private final double[] rate;
    private final long[] roundTrip;

    RandomLegs(SplittableRandom random) {
        int size = 1 + random.nextInt(random.nextBoolean() ? 4 : MOST);
        room = new long[size];
        inFlight = new long[size];
        rate = new double[size];
        roundTrip = new long[size];
        for (int leg = 0; leg < size; leg++) {
            room[leg] = random.nextInt(3) == 0 ? -random.nextInt(100_000) : random.nextInt(1, 4 << 20);
            inFlight[leg] = random.nextInt(4) == 0 ? 0 : random.nextLong(16 << 20);
            rate[leg] = random.nextInt(5) == 0 ? 0 : Math.exp(random.nextDouble() * 20);
            roundTrip[leg] = random.nextInt(5) == 0 ? 0 : random.nextLong(2_000_000_000L);
        }
    }

    /** Returns the set of legs with room. */
    long free() {
        long set = 0;
        for (int leg = 0; leg < size(); leg++) {
            set |= room[leg] > 0 ? 1L << leg : 0;
        }
        return set;
    }

    @Override
    public int size() {
        return room.length;
    }

    @Override
    public long roomBytes(int leg) {
        return room[leg];
    }

    @Override
    public long inFlightBytes(int leg) {
        return inFlight[leg];
    }

    @Override
    public double bytesPerSecond(int leg) {
        return rate[leg];
    }

    @Override
    public long leastRoundTripNanos(int leg) {
        return roundTrip[leg];
    }

    @Override
    public long roundTripNanos(int leg) {
        return roundTrip[leg];
    }
}
