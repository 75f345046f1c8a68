/**
 * Which blocks of a space are free. A space is so many units, numbered from 0; what a unit is, such as a /24 of a pool, is known outside. No
 * state is kept per unit but one bit.
 */
@NullMarked
package io.foreshard.addrsharding.space;

import org.jspecify.annotations.NullMarked;
