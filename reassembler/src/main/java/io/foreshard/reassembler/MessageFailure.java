package io.foreshard.reassembler;

import io.foreshard.shardcodec.RejectReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A message that failed.
 *
 * @param info the message
 * @param reason why
 * @param holes what is missing of its content
 * @param partial the content as long as it would have been, not verified as a whole, holes filled with zeros (and read-only
 *     there); {@code null} unless the builder asked for partial delivery. Owned by the listener that gets the failure
 */
public record MessageFailure(
        MessageInfo info,
        RejectReason reason,
        HoleMap holes,
        @Nullable ByteBuf partial) {}
