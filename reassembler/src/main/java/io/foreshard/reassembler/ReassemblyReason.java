package io.foreshard.reassembler;

import io.foreshard.coreapi.Reason;

/** What a {@link Reassembler} drops, gives up or notices. */
public enum ReassemblyReason implements Reason {
    /** A shard that is there already. */
    DUPLICATE(
            "A few per cent are normal; when many, raise the sender's reordering tolerance or check the path for loops."),
    /** A shard that is there already, with other content; the first one was kept. */
    CONFLICT("Somebody forges shards or a sender is faulty; compare with CHECKSUM_FAILED and protect the path."),
    /** A shard whose message is known with other numbers. */
    CONTRADICTORY("Somebody forges shards or a sender reuses message ids; protect the path."),
    /** A shard whose numbers agree neither with each other nor with its block. */
    BAD_GEOMETRY("The peer is faulty or hostile; update or block it."),
    /** A shard of a generation that was replaced or refused. */
    STALE_GENERATION("Normal after the path MTU has dropped or a checksum has failed."),
    /** Shards released because another generation or variant came first. */
    SUPERSEDED("Normal after the path MTU has dropped; else somebody forges shards."),
    /** A shard of a message that was delivered. */
    LATE_AFTER_DELIVERY("Normal when DONE is lost; when many, the way back loses packets."),
    /** A shard of a message that failed. */
    LATE_AFTER_FAILURE("Normal when REJECT is lost; when many, the way back loses packets."),
    /** A message larger than allowed. */
    TOO_LARGE("Raise maxMessageBytes, or split messages before they are sent."),
    /** A shard for which its own source had no quota left. */
    SOURCE_QUOTA("The sender ignores its credit; if it cannot know it, raise maxBytesPerSource."),
    /** A shard of a new message for which its own source had as many as allowed. */
    MESSAGE_QUOTA("The sender ignores its credit; if it cannot know it, raise maxMessagesPerSource."),
    /** A shard for which the budget had no room left, and nobody held more than its source. */
    BUDGET_EXHAUSTED("Raise maxBytes, or lower maxBytesPerSource."),
    /** A shard for which the pool of unvalidated sources had no room left. */
    UNVALIDATED_POOL("Somebody sends without handshake; raise unvalidatedPoolBytes if these senders are wanted."),
    /** A source that was not opened because there were as many as allowed, or no memory. */
    SOURCES_EXHAUSTED("Raise maxSources, or close sources earlier."),
    /** A message evicted because the budget was needed for others. */
    EVICTED_GLOBAL("Raise maxBytes, or lower maxBytesPerSource."),
    /** A message evicted for a more likely one of the same source. */
    EVICTED_OWN("The sender ignores its credit or leaves messages unfinished."),
    /** A message whose deadline passed. */
    DEADLINE_PASSED("Compare the deadlines with the path's round-trip time, loss and rate."),
    /** A message given up before its deadline because it could no longer make it. */
    HOPELESS("Compare the deadlines with the path's round-trip time, loss and rate."),
    /** A message of which nothing new arrived for too long. */
    STALLED("Senders vanish or the path is broken; raise maxStall if the path pauses that long."),
    /** A message that its sender gave up. */
    ABANDONED("Look at the sender for the cause."),
    /** A message whose checksum failed once; a new generation was asked for. */
    CHECKSUM_RETRIED("Somebody forges shards, or memory is faulty; compare with CONFLICT."),
    /** A message whose checksum failed for good. */
    CHECKSUM_FAILED("Somebody forges shards, or memory is faulty; compare with CONFLICT."),
    /** One of several contradicting variants of a message given up without an end of the message. */
    VARIANT_DROPPED("Somebody forges shards or a sender reuses message ids; protect the path."),
    /** A block asked to be repaired. */
    REPAIR_REQUESTED("Grows with the path's loss."),
    /** A shard that arrived after it was asked for, too soon to be the answer: reordering. */
    SPURIOUS_REPAIR("The path reorders; the engine adapts, and a few per cent are normal."),
    /** A shard for which the allocator had no memory. */
    OUT_OF_MEMORY("Raise direct memory or the heap, or lower maxBytes."),
    /** A listener threw. */
    LISTENER_FAILED("Fix the listener; what it threw was swallowed, and what it was given may have leaked.");

    private final String operatorAction;

    ReassemblyReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
