package io.foreshard.reassembler;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketReader;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Hands packets to an engine as a transport would: validated by a reader, released afterwards. */
final class Packets {

    private Packets() {}

    static void deliver(Reassembler engine, ShardSource source, List<ByteBuf> packets, long nowNanos) {
        PacketReader reader = new PacketReader();
        for (ByteBuf packet : packets) {
            try {
                if (reader.read(packet) == null && reader.kind() == PacketKind.SHARD) {
                    engine.onShard(source, reader.shard(), packet, reader.bodyIndex(), reader.payloadCrc(), nowNanos);
                }
            } finally {
                packet.release();
            }
        }
    }
}
