package io.foreshard.flowsharder.placement;

/**
 * Finds the nodes that slots prefer. Most nodes are left out by one comparison, without a branch that cannot be foreseen; only those that
 * are likely among the first get their times. Belongs to one thread.
 */
final class Ranking {

    /** How many nodes for each that is wanted have times below the limit, on average; so that there are seldom too few. */
    private static final double SPARE = 2;

    private final Roster roster;
    private final double limit;
    private final long[] drawnLimits;
    private final short[] near;
    private final double[] nearTimes;
    private final double[] times;
    private int known;

    /**
     * Makes scratch space.
     *
     * @param width how many nodes are wanted, at most all
     */
    Ranking(Roster roster, int width) {
        this.roster = roster;
        this.limit = SPARE * width / roster.weights();
        this.drawnLimits = new long[roster.size()];
        this.near = new short[roster.size() + 1];
        this.nearTimes = new double[roster.size()];
        this.times = new double[width];
        for (int i = 0; i < drawnLimits.length; i++) {
            drawnLimits[i] = roster.drawnBelow(limit, i);
        }
    }

    /** Writes as many nodes as are wanted, the preferred ones first. */
    void rank(int slot, short[] order, int at) {
        long slotSeed = Roster.slotSeed(slot);
        if (times.length == drawnLimits.length) {
            rankAll(slotSeed, order, at);
            return;
        }
        known = 0;
        int count = findNear(slotSeed);
        // All times first: they overlap, while each insertion waits for branches that cannot be foreseen.
        for (int i = 0; i < count; i++) {
            nearTimes[i] = roster.time(slotSeed, near[i]);
        }
        for (int i = 0; i < count; i++) {
            insert(near[i], nearTimes[i], order, at);
        }
        if (known < times.length || (known > 0 && times[known - 1] >= limit)) {
            rankAll(slotSeed, order, at);
        }
    }

    private int findNear(long slotSeed) {
        int count = 0;
        for (int i = 0; i < drawnLimits.length; i++) {
            near[count] = (short) i;
            count += roster.drawn(slotSeed, i) <= drawnLimits[i] ? 1 : 0;
        }
        return count;
    }

    private void rankAll(long slotSeed, short[] order, int at) {
        known = 0;
        for (int i = 0; i < drawnLimits.length; i++) {
            insert(i, roster.time(slotSeed, i), order, at);
        }
    }

    private void insert(int node, double time, short[] order, int at) {
        if (known == times.length && time >= times[known - 1]) {
            return;
        }
        int place = known == times.length ? known - 1 : known;
        while (place > 0 && times[place - 1] > time) {
            times[place] = times[place - 1];
            order[at + place] = order[at + place - 1];
            place--;
        }
        times[place] = time;
        order[at + place] = (short) node;
        known = Math.min(known + 1, times.length);
    }
}
