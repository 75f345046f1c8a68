/** The predictive packet path against its reactive twin and against its peers: what is compared, in which order. */
@NullMarked
package io.foreshard.jmh.prediction;

import org.jspecify.annotations.NullMarked;
