package io.foreshard.tck;

import io.foreshard.shardcodec.CompletionTimeShardPolicy;
import io.foreshard.shardcodec.spi.ShardPolicy;

class CompletionTimeShardPolicyTest implements ShardPolicyContract {

    @Override
    public ShardPolicy policy() {
        return CompletionTimeShardPolicy.standard();
    }
}
