/**
 * Wire format v1: how a message is cut into blocks and shards, and how packets are written and read.
 *
 * <p>In: messages as {@link io.netty.buffer.ByteBuf}s and datagrams from the network. Out: packets, and views on validated
 * packets. Nothing here owns a buffer, opens a socket or keeps state between packets; {@code docs/wire-format.md} describes every
 * byte. Flyweights ({@link io.foreshard.shardcodec.PacketReader}, {@link io.foreshard.shardcodec.ShardHeader},
 * {@link io.foreshard.shardcodec.AckFrame}) belong to one event loop and are reused.
 */
@NullMarked
package io.foreshard.shardcodec;

import org.jspecify.annotations.NullMarked;
