/**
 * Keeps addresses warm before they are asked for: demand and refill times go in, plans of what to order or release come out. Policies are pure; the
 * {@link io.foreshard.addrsharding.prefetch.Prefetcher} owns what is known of demand.
 */
@NullMarked
package io.foreshard.addrsharding.prefetch;

import org.jspecify.annotations.NullMarked;
