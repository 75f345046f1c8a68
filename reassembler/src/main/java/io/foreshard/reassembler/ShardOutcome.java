package io.foreshard.reassembler;

/** What became of a shard. */
public enum ShardOutcome {
    /** It is kept. */
    ACCEPTED,
    /** It was the last one: its message was handed to the listener. */
    COMPLETED,
    /** It, or the whole of its block, is there already. */
    DUPLICATE,
    /** Its message was delivered before; the sender may not know yet. */
    ALREADY_DELIVERED,
    /** Its message failed before; the sender may not know yet. See {@link Reassembler#failureOf}. */
    ALREADY_FAILED,
    /** It was refused and counted by a {@link ReassemblyReason}. */
    DROPPED
}
