package io.foreshard.stackvirt.virtualizer;

import io.foreshard.stackvirt.manager.KindReport;
import io.foreshard.stackvirt.mux.KindStatistics;
import io.foreshard.stackvirt.regret.RegretReport;
import io.foreshard.stackvirt.spi.ScalingPlan;
import java.util.List;

/**
 * A kind of stack as of one moment.
 *
 * @param kind its name
 * @param stacks which stacks there are
 * @param messages what became of its messages
 * @param plan how many stacks there are to be, and why; {@link ScalingPlan#explain} says it in words
 * @param regret what the decisions cost, and what the others would have cost
 * @param readings what its running stacks did
 */
public record VirtualizedKind(
        String kind,
        KindReport stacks,
        KindStatistics messages,
        ScalingPlan plan,
        RegretReport regret,
        List<StackReading> readings) {

    /** Copies the list. */
    public VirtualizedKind {
        readings = List.copyOf(readings);
    }
}
