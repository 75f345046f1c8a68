package io.foreshard.forecast.series;

/**
 * What it took to put samples on a regular grid.
 *
 * @param samples number of samples that came in, whether used or not
 * @param stepInferred whether the step was taken from the samples
 * @param unordered samples stamped earlier than the one before
 * @param duplicates samples that fell into a step which had one already
 * @param notNumbers samples whose value was NaN or infinite, taken as missing
 * @param shifted samples stamped more than a tenth of a step off the grid
 * @param jumps gaps too long to be filled
 * @param dropped samples beyond a jump, left out
 * @param missingSteps steps of the series without a sample
 */
public record IngestReport(
        int samples,
        boolean stepInferred,
        int unordered,
        int duplicates,
        int notNumbers,
        int shifted,
        int jumps,
        int dropped,
        int missingSteps) {

    /** Returns whether the samples stood on a regular grid as they came. */
    public boolean clean() {
        return unordered + duplicates + notNumbers + shifted + jumps + dropped + missingSteps == 0;
    }
}
