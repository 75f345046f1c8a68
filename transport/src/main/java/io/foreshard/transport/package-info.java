/**
 * The packet path: sessions between two sides that send messages as shards over one path, paced, acknowledged, repaired and
 * committed.
 *
 * <p>In: messages as {@link io.netty.buffer.ByteBuf}s through {@link io.foreshard.transport.ShardSession#send}, and datagrams from a
 * channel. Out: datagrams to the channel, messages and failures to a {@link io.foreshard.transport.SessionListener}. There are two
 * entrances: {@link io.foreshard.transport.ShardEndpoint} binds channels of its own on the application's event loops, and
 * {@link io.foreshard.transport.ShardHandler} is put into the pipeline of a channel that the application has.
 *
 * <p>Inside, one {@code SessionLoop} per event loop owns sessions, timers and the reassembler. A {@code Session} joins a
 * {@code Path} (address, numbers, round-trip time, rate), a {@code MessageSender} (what is to be sent and repaired) and a
 * {@code MessageReceiver} (what arrives). All of that is confined to its loop and takes the time as an argument; only
 * {@code LoopClock} reads it.
 */
@NullMarked
package io.foreshard.transport;

import org.jspecify.annotations.NullMarked;
