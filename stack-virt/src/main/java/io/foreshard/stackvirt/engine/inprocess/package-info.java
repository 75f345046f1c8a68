/**
 * Stacks in this process: the engine that is always there. A message crosses from the event loop of a link to that of the stack by one ring,
 * its answer comes back by another; nothing is copied, and no lock is taken.
 */
@NullMarked
package io.foreshard.stackvirt.engine.inprocess;

import org.jspecify.annotations.NullMarked;
