/**
 * What of stack virtualisation an application may replace or read: what a protocol stack is, what runs it, how many there are, which one gets
 * the next message. Drivers answer by stages and never block; decisions are pure: a view in, a plan or an index out, time handed in.
 */
@NullMarked
package io.foreshard.stackvirt.spi;

import org.jspecify.annotations.NullMarked;
