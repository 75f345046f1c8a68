package io.foreshard.flowsharder.spi;

/**
 * Says what a flow is for. Asked at each edge for itself: when the flow begins, with each of its first chunks, and then whenever twice as
 * much has gone over it, so the answer may change. One belongs to each session and is called on its event loop only, so it may keep
 * buffers; it must not block or throw.
 */
@FunctionalInterface
public interface FlowClassifier {

    /**
     * Classifies.
     *
     * @param flow not to be kept
     */
    FlowKind classify(FlowView flow);
}
