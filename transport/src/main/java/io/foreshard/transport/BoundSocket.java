package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * One socket of an endpoint.
 *
 * @param channel bound
 * @param loop which of the endpoint's loops it is registered with
 * @param mark the class whose packets it sends, marked; {@code null} for the socket of all others
 */
record BoundSocket(Channel channel, int loop, @Nullable TrafficClass mark) {}
