/** Where shaping cannot help: the shaper is to find out, and to get out of the way. */
@NullMarked
package io.foreshard.jmh.shaper.nogain;

import org.jspecify.annotations.NullMarked;
