/**
 * Buffers for messages, set up before they are needed: one piece of memory, cut into equal buffers, shared out to stacks by credits.
 *
 * <p>What flows: the pool's owner opens a {@link io.foreshard.stackvirt.buffer.BufferAccount} for each stack, moves credits between them by a
 * {@link io.foreshard.stackvirt.buffer.CreditPlan}, and each takes buffers until its credits are used up. A buffer goes back when it is
 * released, by any thread. The pool belongs to one thread, an event loop. It says of each buffer who has it since when, and of its memory
 * how near it is to what a kernel or device could use directly ({@link io.foreshard.stackvirt.buffer.BufferLevel}).
 */
@NullMarked
package io.foreshard.stackvirt.buffer;

import org.jspecify.annotations.NullMarked;
