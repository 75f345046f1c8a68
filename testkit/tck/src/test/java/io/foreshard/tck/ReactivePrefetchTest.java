package io.foreshard.tck;

import io.foreshard.addrsharding.prefetch.ReactivePrefetch;
import io.foreshard.addrsharding.spi.PrefetchPolicy;

class ReactivePrefetchTest implements PrefetchPolicyContract {

    @Override
    public PrefetchPolicy policy() {
        return new ReactivePrefetch(4, 0.1);
    }
}
