package io.foreshard.addrsharding.demand;

import io.foreshard.runtime.Checks;
import java.util.List;

/**
 * What the VMs of an application are like, and how many of a subdivision's are its own.
 *
 * @param application its name
 * @param vmShare share of the subdivision's VMs, 0…1
 * @param cpuCores cores of a VM, above 0
 * @param memoryBytes memory of a VM, above 0
 * @param bandwidthBitsPerSecond what a VM sends and receives at most, not negative
 */
public record ApplicationProfile(
        String application, double vmShare, double cpuCores, long memoryBytes, double bandwidthBitsPerSecond) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ApplicationProfile {
        Checks.inRange("vmShare", vmShare, 0, 1);
        Checks.inRange("cpuCores", cpuCores, Double.MIN_NORMAL, 1e6);
        Checks.positive("memoryBytes", memoryBytes);
        Checks.inRange("bandwidthBitsPerSecond", bandwidthBitsPerSecond, 0, 1e15);
    }

    /**
     * Returns the bandwidth of a VM of a subdivision on average, in bits per second.
     *
     * @param profiles of its applications; 0 without any
     * @throws IllegalArgumentException if the shares come to more than 1
     */
    public static double meanBandwidth(List<ApplicationProfile> profiles) {
        double shares =
                profiles.stream().mapToDouble(ApplicationProfile::vmShare).sum();
        Checks.require(shares <= 1 + 1e-9, "vmShare", shares, "at most 1 in total");
        double sum = profiles.stream()
                .mapToDouble(profile -> profile.vmShare * profile.bandwidthBitsPerSecond)
                .sum();
        return shares > 0 ? sum / shares : 0;
    }
}
