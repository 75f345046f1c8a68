package io.foreshard.reassembler;

import io.foreshard.coreapi.EngineObserver;
import io.netty.buffer.ByteBufAllocator;

/** All that an engine is built from, but the time. */
record EngineSettings(Limits limits, ByteBufAllocator allocator, EngineObserver observer) {

    DefaultReassembler engine(long nowNanos) {
        return new DefaultReassembler(limits, allocator, observer, nowNanos);
    }
}
