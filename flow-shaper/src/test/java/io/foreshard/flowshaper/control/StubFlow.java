package io.foreshard.flowshaper.control;

import io.foreshard.flowshaper.spi.FlowView;

/** A flow of one packet. */
record StubFlow() implements FlowView {

    @Override
    public int packetBytes() {
        return 1200;
    }

    @Override
    public long queuedBytes() {
        return 1200;
    }

    @Override
    public double weight() {
        return 1;
    }

    @Override
    public int classIndex() {
        return 0;
    }

    @Override
    public double latencyNanos() {
        return Double.NaN;
    }

    @Override
    public double leastLatencyNanos() {
        return Double.NaN;
    }

    @Override
    public double loadBytesPerSecond() {
        return Double.NaN;
    }
}
