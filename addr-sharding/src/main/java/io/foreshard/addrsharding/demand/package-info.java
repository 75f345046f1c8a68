/**
 * Foresees what subdivisions ask for: samples of demand go in, quantiles of what will be asked for come out. Owned by who plans stocks; no clock,
 * no thread.
 */
@NullMarked
package io.foreshard.addrsharding.demand;

import org.jspecify.annotations.NullMarked;
