/** The comparison of the flow sharder: a list of parts that know nothing of each other. */
@NullMarked
package io.foreshard.jmh.striping;

import org.jspecify.annotations.NullMarked;
