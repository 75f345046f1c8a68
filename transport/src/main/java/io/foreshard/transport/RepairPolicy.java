package io.foreshard.transport;

/**
 * Decides how often a repair leaves beyond its first copy: what a lost repair costs is a whole round trip, what its copy costs is a
 * packet (ART, IEEE Transactions on Computers; Hairpin, NSDI 2024). A pure function: view in, number out; the view is not retained.
 */
interface RepairPolicy {

    /** What is known when a repair leaves. */
    interface View {

        /** Returns the share of packets lost lately, 0…1. */
        double lossRatio();

        /** Returns whether packets wait in a queue on the path, so that the loss may be the queue's. */
        boolean isQueueing();

        /** Returns how often the shard was sent before and lost, at least 1. */
        int round();

        /** Returns the shards of its block. */
        int shards();

        /** Returns how many copies the budget pays for now. */
        int affordable();

        /** Returns how many copies a full budget pays for. */
        int budget();
    }

    /**
     * Returns how many copies follow.
     *
     * @param view of the shard that is repaired now
     */
    int copies(View view);
}
