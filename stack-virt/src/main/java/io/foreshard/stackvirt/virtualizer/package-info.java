/**
 * Puts the parts together: what the multiplexer sees goes to the scaler, its plans to the manager, and what stacks use and are expected to have goes back to the
 * multiplexer. The way in for users.
 */
@NullMarked
package io.foreshard.stackvirt.virtualizer;

import org.jspecify.annotations.NullMarked;
