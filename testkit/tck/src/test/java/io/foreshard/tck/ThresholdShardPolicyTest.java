package io.foreshard.tck;

import io.foreshard.shardcodec.ThresholdShardPolicy;
import io.foreshard.shardcodec.spi.ShardPolicy;

class ThresholdShardPolicyTest implements ShardPolicyContract {

    @Override
    public ShardPolicy policy() {
        return ThresholdShardPolicy.builder().build();
    }
}
