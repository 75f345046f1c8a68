package io.foreshard.reassembler;

/**
 * How far an unfinished message is, and what is expected of it.
 *
 * @param messageId the message
 * @param receivedBytes payload bytes held
 * @param totalBytes its bytes on the wire, trailer included
 * @param completionProbability probability, 0…1, that it will be whole before its deadline, or before it counts as stalled
 * @param expectedCompletionNanos when it is expected to be whole, not before now
 */
public record MessageProgress(
        long messageId,
        long receivedBytes,
        long totalBytes,
        double completionProbability,
        long expectedCompletionNanos) {}
