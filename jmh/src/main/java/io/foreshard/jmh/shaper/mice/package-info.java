/**
 * Mice behind an elephant at a real bottleneck: packets flow in at one end of a way of network namespaces, with or without the shaper, and
 * the times that each took flow out at the other.
 */
@NullMarked
package io.foreshard.jmh.shaper.mice;

import org.jspecify.annotations.NullMarked;
