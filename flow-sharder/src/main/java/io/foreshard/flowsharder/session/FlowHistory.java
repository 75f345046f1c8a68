package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.spi.FlowClassifier;
import io.foreshard.flowsharder.spi.FlowKind;
import io.foreshard.flowsharder.spi.FlowView;

/** What was seen of a flow, and what it was taken for. Belongs to the session's event loop. */
final class FlowHistory implements FlowView {

    private static final long FIRST_LOOK_BYTES = 16 * 1024;

    private final FlowClassifier classifier;
    private final String target;
    private final long begunNanos;
    private final int[] chunkBytes = new int[MOST_CHUNKS];
    private int chunks;
    private long sentBytes;
    private long receivedBytes;
    private long nextLookBytes = FIRST_LOOK_BYTES;
    private long ageNanos;
    private FlowKind kind;

    FlowHistory(FlowClassifier classifier, String target, long nowNanos) {
        this.classifier = classifier;
        this.target = target;
        begunNanos = nowNanos;
        kind = classifier.classify(this);
    }

    FlowKind kind() {
        return kind;
    }

    /** The local end has so much more to send. */
    void sent(int bytes, long nowNanos) {
        sentBytes += bytes;
        note(bytes, nowNanos);
    }

    /** The local end was handed so much. */
    void received(int bytes, long nowNanos) {
        receivedBytes += bytes;
        note(-bytes, nowNanos);
    }

    private void note(int signedBytes, long nowNanos) {
        boolean early = chunks < MOST_CHUNKS && signedBytes != 0;
        if (early) {
            chunkBytes[chunks++] = signedBytes;
        }
        if (early || sentBytes + receivedBytes >= nextLookBytes) {
            nextLookBytes = Math.max(FIRST_LOOK_BYTES, 2 * (sentBytes + receivedBytes));
            ageNanos = nowNanos - begunNanos;
            kind = classifier.classify(this);
        }
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public long ageNanos() {
        return ageNanos;
    }

    @Override
    public long sentBytes() {
        return sentBytes;
    }

    @Override
    public long receivedBytes() {
        return receivedBytes;
    }

    @Override
    public int chunks() {
        return chunks;
    }

    @Override
    public int chunkBytes(int index) {
        return chunkBytes[index];
    }
}
