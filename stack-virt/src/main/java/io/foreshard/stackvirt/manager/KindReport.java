package io.foreshard.stackvirt.manager;

import io.foreshard.stackvirt.spi.StackId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All stacks of a kind as of one moment.
 *
 * @param kind its name
 * @param stacks those that are there in any form
 * @param targets how many there are to be
 * @param startNanos how long one takes from nothing to being well: the 95th percentile of the newest ones
 * @param thawNanos the same from standing still to going on
 * @param outOfMemory those that were ended for using too much memory, the newest 16
 * @param refusal why there are fewer than there are to be and none is under way; null if nothing stands in the way
 */
public record KindReport(
        String kind,
        List<StackStatus> stacks,
        StackTargets targets,
        long startNanos,
        long thawNanos,
        List<StackId> outOfMemory,
        @Nullable ManagerReason refusal) {

    /** Copies the lists. */
    public KindReport {
        stacks = List.copyOf(stacks);
        outOfMemory = List.copyOf(outOfMemory);
    }

    /**
     * Returns how many stacks are in a phase.
     *
     * @param phase which one
     */
    public int count(StackPhase phase) {
        return (int) stacks.stream().filter(stack -> stack.phase() == phase).count();
    }
}
