/**
 * Stacks that are spoken to in lines of text. A message is a request of one line; its answer is the lines that the stack sends for it. All of a
 * conversation belongs to the event loop of its link.
 */
@NullMarked
package io.foreshard.stackvirt.engine.text;

import org.jspecify.annotations.NullMarked;
