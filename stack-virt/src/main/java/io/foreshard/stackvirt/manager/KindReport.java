package io.foreshard.stackvirt.manager;

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
 * @param refusal why there are fewer than there are to be and none is under way; null if nothing stands in the way
 */
public record KindReport(
        String kind,
        List<StackStatus> stacks,
        StackTargets targets,
        long startNanos,
        long thawNanos,
        @Nullable ManagerReason refusal) {

    /** Copies the list. */
    public KindReport {
        stacks = List.copyOf(stacks);
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
