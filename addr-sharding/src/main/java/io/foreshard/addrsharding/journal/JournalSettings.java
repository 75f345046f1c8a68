package io.foreshard.addrsharding.journal;

/**
 * Bounds of a store.
 *
 * @param journalBytes how long a segment grows before a snapshot is begun, unless the last snapshot is longer
 * @param groupBytes the longest group, a multiple of 4096
 * @param waitingChanges how many changes may wait to be recorded
 * @param mostAllocations how many living allocations there may be
 * @param historyMillis how long segments are kept after they are needed
 * @param historyBytes how much of them
 */
record JournalSettings(
        long journalBytes,
        int groupBytes,
        int waitingChanges,
        int mostAllocations,
        long historyMillis,
        long historyBytes) {}
