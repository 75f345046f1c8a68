package io.foreshard.stackvirt.virtualizer;

import io.foreshard.stackvirt.manager.KindReport;
import io.foreshard.stackvirt.mux.KindStatistics;
import io.foreshard.stackvirt.regret.RegretReport;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.traffic.TaskOutlook;
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
 * @param tasks what is expected of its auxiliary tasks; those that were never counted are left out
 */
public record VirtualizedKind(
        String kind,
        KindReport stacks,
        KindStatistics messages,
        ScalingPlan plan,
        RegretReport regret,
        List<StackReading> readings,
        List<TaskOutlook> tasks) {

    /** Copies the lists. */
    public VirtualizedKind {
        readings = List.copyOf(readings);
        tasks = List.copyOf(tasks);
    }
}
