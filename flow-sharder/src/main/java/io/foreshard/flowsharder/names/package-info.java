/** How names of hosts are looked up without blocking event loops. Internal. */
@NullMarked
package io.foreshard.flowsharder.names;

import org.jspecify.annotations.NullMarked;
