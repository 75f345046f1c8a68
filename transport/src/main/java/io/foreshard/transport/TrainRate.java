package io.foreshard.transport;

/**
 * How fast short trains of packets come out of a path: the delivery rate over a dozen packets by the receiver's own clock, not over a
 * round trip. A message shorter than the pipe says little by what is delivered in a round trip, for most of that time nothing was
 * sent; its packets still arrive at the pace at which the path lets them.
 *
 * <p>A sample is what arrived between two acknowledgements by the time that took at the receiver or at the sender, whichever is longer
 * (draft-cheng-iccrg-delivery-rate-estimation): packets that are read bunched cannot raise it above the pace. Where packets arrive
 * further apart than they left, the bottleneck was busy, and the sample is its rate (Dovrolis et al., Packet-dispersion techniques,
 * IEEE/ACM ToN 12(6), 2004). A receiver's clock that went back begins a new train. Confined to one event loop.
 */
final class TrainRate {

    private static final int TRAIN_PACKETS = 12;
    private static final long LEAST_NANOS = 500_000L;

    private long firstNumber = -1;
    private long firstSentNanos;
    private int firstReceivedMicros;
    private long firstDeliveredBytes;

    /**
     * Takes an acknowledgement that is the first to cover the newest packet, and fills in a sample when a train is complete.
     *
     * @param number the newest packet
     * @param sentNanos when it left
     * @param receivedMicros the receiver's clock when it arrived, wrapping
     * @param deliveredBytes what has arrived so far
     */
    void onAck(long number, long sentNanos, int receivedMicros, long deliveredBytes, RateSample sample) {
        long received = (receivedMicros - firstReceivedMicros) * 1_000L;
        if (firstNumber < 0 || received < 0) {
            start(number, sentNanos, receivedMicros, deliveredBytes);
        } else if (number - firstNumber >= TRAIN_PACKETS && received >= LEAST_NANOS) {
            sample.trainBytes = deliveredBytes - firstDeliveredBytes;
            sample.trainSentNanos = Math.max(1, sentNanos - firstSentNanos);
            sample.trainReceivedNanos = received;
            start(number, sentNanos, receivedMicros, deliveredBytes);
        }
    }

    private void start(long number, long sentNanos, int receivedMicros, long deliveredBytes) {
        firstNumber = number;
        firstSentNanos = sentNanos;
        firstReceivedMicros = receivedMicros;
        firstDeliveredBytes = deliveredBytes;
    }
}
