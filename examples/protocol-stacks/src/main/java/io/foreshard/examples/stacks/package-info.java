/**
 * BGP and DNS messages of captures, replayed against protocol stacks under three policies at a time. In: captures, or made-up messages. Out: text,
 * and a report. Everything of the replay happens on one event loop, whose clock runs faster than that on the wall.
 */
@NullMarked
package io.foreshard.examples.stacks;

import org.jspecify.annotations.NullMarked;
