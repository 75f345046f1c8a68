/** The comparison of address sharding. */
@NullMarked
package io.foreshard.jmh.addresses;

import org.jspecify.annotations.NullMarked;
