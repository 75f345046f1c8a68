package io.foreshard.tck;

import io.foreshard.addrsharding.prefetch.SpecifiedPrefetch;
import io.foreshard.addrsharding.spi.PrefetchPolicy;

class SpecifiedPrefetchTest implements PrefetchPolicyContract {

    @Override
    public PrefetchPolicy policy() {
        return new SpecifiedPrefetch();
    }
}
