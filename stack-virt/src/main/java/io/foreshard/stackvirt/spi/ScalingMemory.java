package io.foreshard.stackvirt.spi;

/**
 * What a policy remembers from one plan to the next. What the parts mean is the policy's own.
 *
 * @param sinceMillis since when something holds, in milliseconds since 1970; {@link #NEVER} if it does not
 * @param level how many stacks it holds for
 * @param demand the demand at the last plan, in stacks
 */
public record ScalingMemory(long sinceMillis, int level, double demand) {

    /** It does not hold. */
    public static final long NEVER = Long.MIN_VALUE;

    /** Nothing to remember. */
    public static final ScalingMemory NONE = new ScalingMemory(NEVER, 0, 0);
}
