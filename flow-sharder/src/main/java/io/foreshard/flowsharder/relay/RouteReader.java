package io.foreshard.flowsharder.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Puts a header together, however it comes, and takes no byte more. */
final class RouteReader {

    private static final int LENGTH_INDEX = 1;

    private final ByteBuf head = Unpooled.buffer(RouteHeader.PREFIX_BYTES, RouteHeader.MAX_BYTES);
    private int wanted = RouteHeader.PREFIX_BYTES;

    enum Progress {
        MORE,
        WHOLE,
        MALFORMED
    }

    /** Takes what belongs to the header; the rest stays readable. */
    Progress add(ByteBuf in) {
        take(in);
        if (head.isReadable() && head.getUnsignedByte(0) != RouteHeader.VERSION) {
            return Progress.MALFORMED;
        }
        if (head.readableBytes() == RouteHeader.PREFIX_BYTES && wanted == RouteHeader.PREFIX_BYTES) {
            int length = head.getUnsignedShort(LENGTH_INDEX);
            if (length < RouteHeader.LEAST_LENGTH || length > RouteHeader.MOST_LENGTH) {
                return Progress.MALFORMED;
            }
            wanted += length;
            take(in);
        }
        return head.readableBytes() < wanted ? Progress.MORE : isText() ? Progress.WHOLE : Progress.MALFORMED;
    }

    private boolean isText() {
        int hopBytes = wanted - RouteHeader.PREFIX_BYTES - RouteHeader.LEAST_LENGTH + 1;
        return ByteBufUtil.isText(head, RouteHeader.HOP_INDEX, hopBytes, StandardCharsets.UTF_8);
    }

    boolean isEmpty() {
        return !head.isReadable();
    }

    /** Returns the header, once it is whole. */
    RouteHeader header() {
        return RouteHeader.read(head);
    }

    private void take(ByteBuf in) {
        head.writeBytes(in, Math.min(in.readableBytes(), wanted - head.readableBytes()));
    }
}
