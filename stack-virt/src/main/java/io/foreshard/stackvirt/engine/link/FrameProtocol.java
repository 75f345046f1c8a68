package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.spi.StackCodec;
import io.foreshard.stackvirt.spi.StackProtocol;
import io.foreshard.stackvirt.spi.StackWire;

/** The module's own frames, which {@link io.foreshard.stackvirt.worker} speaks. Immutable. */
public final class FrameProtocol implements StackProtocol {

    /** Makes the protocol; all of them are the same. */
    public FrameProtocol() {
        // Nothing can be chosen.
    }

    @Override
    public String name() {
        return FRAMES;
    }

    @Override
    public StackCodec open(StackWire wire, int largestMessage) {
        return new FrameCodec(wire, largestMessage);
    }
}
