package io.foreshard.flowsharder.scheduling;

import io.foreshard.flowsharder.spi.FlowClassifier;
import io.foreshard.flowsharder.spi.FlowKind;
import io.foreshard.flowsharder.spi.FlowView;

/**
 * The default: tells flows by how much goes over them. One that has moved much is {@link FlowKind#BULK}; one whose first chunks went both
 * ways and were all small is {@link FlowKind#INTERACTIVE}; nothing is said of others. Looks at no port and no content, so it knows an
 * interactive flow by its third or fourth chunk only, and takes a download that begins with small messages for interactive until then.
 */
public final class SizeClassifier implements FlowClassifier {

    private static final long BULK_BYTES = 256 * 1024;
    private static final int SMALL_BYTES = 1024;
    private static final int LEAST_CHUNKS = 4;

    /** Makes a classifier. */
    public SizeClassifier() {}

    @Override
    public FlowKind classify(FlowView flow) {
        if (flow.sentBytes() + flow.receivedBytes() >= BULK_BYTES) {
            return FlowKind.BULK;
        }
        boolean forth = false;
        boolean back = false;
        for (int i = 0; i < flow.chunks(); i++) {
            int bytes = flow.chunkBytes(i);
            if (Math.abs((long) bytes) > SMALL_BYTES) {
                return FlowKind.UNKNOWN;
            }
            forth |= bytes > 0;
            back |= bytes < 0;
        }
        return flow.chunks() >= LEAST_CHUNKS && forth && back ? FlowKind.INTERACTIVE : FlowKind.UNKNOWN;
    }
}
