/** What a comparison found: figures with their targets and what the peers reached in the same run. */
@NullMarked
package io.foreshard.jmh.figure;

import org.jspecify.annotations.NullMarked;
