package io.foreshard.examples.sendfile;

import io.foreshard.coreapi.GateMode;
import io.foreshard.shardcodec.CompletionTimeShardPolicy;
import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.ThresholdShardPolicy;
import io.foreshard.shardcodec.spi.ShardPolicy;

/** The policies that can be asked for by name. */
enum NamedPolicy {
    /** Shards of the path's size, whatever is forecast; what the predictive policy is without its forecasts. */
    FIXED("fixed, path size"),
    /** The specified rule with its default size. */
    THRESHOLD("threshold, 5 KB"),
    /** The specified rule with small shards. */
    THRESHOLD_SMALL("threshold, 1 KB"),
    /** The default: forecasts of the path decide on plan and pace, once they have proven that it pays. */
    PREDICTIVE("predictive");

    private final String label;

    NamedPolicy(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    ShardPolicy make() {
        return switch (this) {
            case FIXED -> FixedShardPolicy.pathSized();
            case THRESHOLD -> threshold(ThresholdShardPolicy.MEDIUM_SHARD_BYTES);
            case THRESHOLD_SMALL -> threshold(ThresholdShardPolicy.SMALL_SHARD_BYTES);
            case PREDICTIVE -> CompletionTimeShardPolicy.standard();
        };
    }

    /** Returns whether forecasts may decide. */
    GateMode gate() {
        return this == PREDICTIVE ? GateMode.FREE : GateMode.SHUT;
    }

    private static ShardPolicy threshold(int shardBytes) {
        return ThresholdShardPolicy.builder().defaultShardBytes(shardBytes).build();
    }
}
