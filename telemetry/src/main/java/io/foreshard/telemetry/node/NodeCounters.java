package io.foreshard.telemetry.node;

import java.util.Map;

/**
 * One reading of a node. What the source did not say is NaN.
 *
 * @param cpuBusySeconds time that all processors together were busy, since boot; time stolen by the hypervisor counts as busy
 * @param cpuTotalSeconds time that all processors together were there, since boot
 * @param cpuWaitingSeconds time that at least one task waited for a processor, since boot (pressure stall information)
 * @param memoryTotalBytes size of the memory
 * @param memoryAvailableBytes what programs could get of it without swapping
 * @param clockSeconds the node's own clock
 * @param devices its network devices by name
 */
record NodeCounters(
        double cpuBusySeconds,
        double cpuTotalSeconds,
        double cpuWaitingSeconds,
        double memoryTotalBytes,
        double memoryAvailableBytes,
        double clockSeconds,
        Map<String, Device> devices) {

    /**
     * One network device.
     *
     * @param receivedBytes since boot
     * @param sentBytes since boot
     * @param speedBytesPerSecond of the link, NaN or not above 0 when not known
     */
    record Device(double receivedBytes, double sentBytes, double speedBytesPerSecond) {

        static final Device UNKNOWN = new Device(Double.NaN, Double.NaN, Double.NaN);

        Device withReceived(double bytes) {
            return new Device(bytes, sentBytes, speedBytesPerSecond);
        }

        Device withSent(double bytes) {
            return new Device(receivedBytes, bytes, speedBytesPerSecond);
        }

        Device withSpeed(double bytesPerSecond) {
            return new Device(receivedBytes, sentBytes, bytesPerSecond);
        }
    }
}
