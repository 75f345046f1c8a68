/**
 * The shaper on a real event loop and a real socket: packets flow in through its handler, and the time at which each is written flows
 * out.
 */
@NullMarked
package io.foreshard.jmh.shaper.live;

import org.jspecify.annotations.NullMarked;
