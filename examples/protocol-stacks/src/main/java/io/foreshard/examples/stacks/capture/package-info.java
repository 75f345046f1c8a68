/** Reads the messages of protocols out of packet captures. Files are not trusted: whatever is in them, reading ends, with what could be read. */
@NullMarked
package io.foreshard.examples.stacks.capture;

import org.jspecify.annotations.NullMarked;
