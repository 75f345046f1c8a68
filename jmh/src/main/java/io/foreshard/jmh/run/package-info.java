/** Contestants as child processes: Java programs of ours and scripts of the peers. Arguments flow in, files flow out. */
@NullMarked
package io.foreshard.jmh.run;

import org.jspecify.annotations.NullMarked;
