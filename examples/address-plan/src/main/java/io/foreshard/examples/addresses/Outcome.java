package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.engine.StockReport;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.SpaceReport;
import io.foreshard.coreapi.GateReport;
import java.util.List;

/**
 * What an engine made of a trace.
 *
 * @param name of the engine
 * @param samples one for each step
 * @param stocks the last state of each subdivision
 * @param shards all that are not free at the end
 * @param space the last state of the pools
 * @param gate whether forecasts decided
 * @param predictiveShare in which share of the steps they did
 * @param pushes how often routers were told
 * @param duplicates how many addresses two machines had at once
 * @param refused machines that got no address
 * @param changes how many changes were recorded
 * @param journalBytes how much they take on the disk
 * @param recovery what came of opening the store again
 */
record Outcome(
        String name,
        List<Sample> samples,
        List<StockReport> stocks,
        List<Allocation> shards,
        SpaceReport space,
        GateReport gate,
        double predictiveShare,
        long pushes,
        long duplicates,
        long refused,
        long changes,
        long journalBytes,
        Recovery recovery) {

    Sample last() {
        return samples.get(samples.size() - 1);
    }

    double hitRate() {
        long all = last().hits() + last().misses();
        return all == 0 ? 1 : (double) last().hits() / all;
    }

    /** Returns how many warm addresses lay idle on average. */
    double meanWarm() {
        return samples.stream().mapToDouble(Sample::warm).average().orElse(0);
    }

    /** Returns whether nothing was given twice or lost. */
    boolean isRight() {
        return duplicates == 0 && recovery.isEqual();
    }
}
