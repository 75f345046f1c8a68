/**
 * Placement under skewed load that moves, on virtual time: ingresses place flows on nodes that others use as well, by policies that see the
 * same probes.
 */
@NullMarked
package io.foreshard.jmh.striping.placement;

import org.jspecify.annotations.NullMarked;
