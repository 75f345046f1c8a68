package io.foreshard.transport;

import io.foreshard.shardcodec.SessionLimits;

/**
 * What the receiver grants, and what of it is in use. Messages for which nobody waits never hold more than seven eighths of it, so that
 * an urgent message needs not wait until bulk is committed; one of them is always let in. Confined to one event loop.
 */
final class SendCredit {

    private static final int RESERVE_SHARE = 8;

    private long maxMessageBytes;
    private long bytes;
    private long messages;
    private long usedBytes;
    private long usedMessages;
    private long patientBytes;
    private long patientMessages;

    void open(SessionLimits peer) {
        maxMessageBytes = peer.maxMessageBytes();
        grant(peer.creditBytes(), peer.creditMessages());
    }

    void grant(long newBytes, long newMessages) {
        bytes = newBytes;
        messages = newMessages;
    }

    long maxMessageBytes() {
        return maxMessageBytes;
    }

    /** Returns whether a message may start now. */
    boolean fits(OutboundMessage message) {
        if (usedBytes + message.total > bytes || usedMessages >= messages) {
            return false;
        }
        return isUrgent(message)
                || patientMessages == 0
                || (patientBytes + message.total <= bytes - bytes / RESERVE_SHARE
                        && patientMessages < messages - messages / RESERVE_SHARE);
    }

    private static boolean isUrgent(OutboundMessage message) {
        return message.options.trafficClass().isLatencySensitive();
    }

    void take(OutboundMessage message) {
        account(message, 1);
    }

    void giveBack(OutboundMessage message) {
        account(message, -1);
    }

    private void account(OutboundMessage message, int sign) {
        usedBytes += sign * message.total;
        usedMessages += sign;
        if (!isUrgent(message)) {
            patientBytes += sign * message.total;
            patientMessages += sign;
        }
    }
}
