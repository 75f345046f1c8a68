/**
 * Puts messages together again from validated shards, within fixed bounds of memory and of work per shard.
 *
 * <p>In: shards that a {@link io.foreshard.shardcodec.PacketReader} has validated, each from a
 * {@link io.foreshard.reassembler.ShardSource}, and the time. Out, through a
 * {@link io.foreshard.reassembler.ReassemblyListener}: one {@link io.netty.buffer.ByteBuf} per whole message, owned by the
 * listener, or one typed failure; and block bitmaps and repair requests for the sender. The engine,
 * {@link io.foreshard.reassembler.Reassembler}, belongs to one event loop and owns what it holds of unfinished messages; it has
 * neither clock nor thread. {@link io.foreshard.reassembler.ReassemblerHandler} puts it into a pipeline that only receives.
 *
 * <p>{@code docs/design/reassembly.md} explains the rules and where they come from.
 */
@NullMarked
package io.foreshard.reassembler;

import org.jspecify.annotations.NullMarked;
