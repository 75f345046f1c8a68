/**
 * A server that does less the more it is asked: requests flow through the shaper, or past it, to a server process; what flows out is how
 * many were answered in time.
 */
@NullMarked
package io.foreshard.jmh.shaper.overload;

import org.jspecify.annotations.NullMarked;
