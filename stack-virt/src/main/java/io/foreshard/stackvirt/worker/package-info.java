/**
 * What the author of a protocol stack needs: a program that serves a unix socket in the frames that stack engines speak. Uses nothing but
 * {@code java.base}, so that it fits into the smallest image.
 *
 * <p>A frame is a length (u32, big-endian, of all that follows it), a type (u8), a correlation (u64) and content. An engine sends
 * {@link io.foreshard.stackvirt.worker.FrameType#MESSAGE} and {@link io.foreshard.stackvirt.worker.FrameType#PING}; a stack answers each of
 * them once, with the same correlation, in any order.
 */
@NullMarked
package io.foreshard.stackvirt.worker;

import org.jspecify.annotations.NullMarked;
