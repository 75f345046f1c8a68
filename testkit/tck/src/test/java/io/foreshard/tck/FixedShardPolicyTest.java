package io.foreshard.tck;

import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.spi.ShardPolicy;

class FixedShardPolicyTest implements ShardPolicyContract {

    @Override
    public ShardPolicy policy() {
        return FixedShardPolicy.pathSized();
    }
}
