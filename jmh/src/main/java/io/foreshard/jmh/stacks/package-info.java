/** Stack virtualisation beside its peers. */
@NullMarked
package io.foreshard.jmh.stacks;

import org.jspecify.annotations.NullMarked;
