/**
 * Counts what decisions cost and what the others would have cost on the same messages: cold starts hit and memory-time. One thread at a time.
 */
@NullMarked
package io.foreshard.stackvirt.regret;

import org.jspecify.annotations.NullMarked;
