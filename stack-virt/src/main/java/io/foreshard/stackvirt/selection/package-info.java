/**
 * Ways to pick the stack that gets a message: the default, by messages in flight and latency ({@link
 * io.foreshard.stackvirt.selection.HotColdSelector}), and the usual ones beside it. Each is made for one multiplexer and kind and used by its
 * loop alone.
 */
@NullMarked
package io.foreshard.stackvirt.selection;

import org.jspecify.annotations.NullMarked;
