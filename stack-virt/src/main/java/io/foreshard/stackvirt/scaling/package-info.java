/**
 * Decides how many stacks of each kind are ready. In: {@link io.foreshard.stackvirt.spi.ScalingView}. Out: {@link
 * io.foreshard.stackvirt.spi.ScalingPlan}. Policies are pure; {@link io.foreshard.stackvirt.scaling.StackScaler} owns what they learn from.
 */
@NullMarked
package io.foreshard.stackvirt.scaling;

import org.jspecify.annotations.NullMarked;
