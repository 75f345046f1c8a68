package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.Nullable;

/** Unused {@link QueuedPacket}s, the last one used first, while it is still in a cache. Never holds more than were queued at once. */
final class PacketPool {

    private @Nullable QueuedPacket free;

    QueuedPacket take() {
        QueuedPacket packet = free;
        if (packet == null) {
            return new QueuedPacket();
        }
        free = packet.next;
        packet.next = null;
        return packet;
    }

    void give(QueuedPacket packet) {
        packet.message = null;
        packet.attachment = null;
        packet.next = free;
        free = packet;
    }
}
