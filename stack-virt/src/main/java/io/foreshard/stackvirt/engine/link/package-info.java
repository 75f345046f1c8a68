/**
 * Links to stacks over unix sockets, in the frames of {@link io.foreshard.stackvirt.worker} or another {@link
 * io.foreshard.stackvirt.spi.StackProtocol}. All of it belongs to the event loop of the link.
 */
@NullMarked
package io.foreshard.stackvirt.engine.link;

import org.jspecify.annotations.NullMarked;
