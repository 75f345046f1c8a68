package io.foreshard.tck;

import io.foreshard.addrsharding.prefetch.QuantilePrefetch;
import io.foreshard.addrsharding.spi.PrefetchPolicy;

class QuantilePrefetchTest implements PrefetchPolicyContract {

    @Override
    public PrefetchPolicy policy() {
        return QuantilePrefetch.builder().atLeast(4).build();
    }
}
