/**
 * Looks after stacks: how many of each kind there are to be comes in, calls of a {@link io.foreshard.stackvirt.spi.StackEngine} go out, and a
 * {@link io.foreshard.stackvirt.mux.StackSet} is told which stacks take messages. A stack has one owner here, and one step under way at a time.
 */
@NullMarked
package io.foreshard.stackvirt.manager;

import org.jspecify.annotations.NullMarked;
