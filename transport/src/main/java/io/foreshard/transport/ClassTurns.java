package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;

/**
 * In which order one path asks the traffic classes: the more urgent ones first, but each {@value #TURN}th shard goes to the classes in
 * turn. A path has turns of its own: others, which may serve other classes, do not use them up. Confined to one event loop.
 */
final class ClassTurns {

    static final int TURN = 16;

    /** Since the last turn. */
    private int departures;

    private int turn;

    /** Returns the rank, as {@link TrafficClass#ordinal()}, of the class that is to be asked as the i-th. */
    int rank(int i) {
        return isTurn() ? (turn + i) % SendQueues.CLASSES : i;
    }

    private boolean isTurn() {
        return departures == TURN - 1;
    }

    /** Takes that a shard of a class has left. */
    void onSent(TrafficClass trafficClass) {
        if (isTurn()) {
            turn = (trafficClass.ordinal() + 1) % SendQueues.CLASSES;
            departures = 0;
        } else {
            departures++;
        }
    }
}
