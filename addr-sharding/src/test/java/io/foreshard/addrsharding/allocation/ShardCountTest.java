package io.foreshard.addrsharding.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.addrsharding.spi.ShardDemand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardCountTest {

    @ParameterizedTest
    @CsvSource({"0,0", "255,0", "256,1", "1000,3", "2560,10", "1e9,10", "NaN,0", "-5,0", "Infinity,10"})
    void theScoreIsRoundedDownAndCapped(double score, int shards) {
        assertEquals(shards, new ScoreShardCount().count(new ShardDemand(score, 0, 0, 256, 10)));
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "1,0,1", "256,0,1", "257,0,2", "10,600,3", "NaN,600,3", "-1,1,1", "Infinity,0,0", "1e9,0,10"})
    void theQuantileIsRoundedUpAndCoversWhatIsUsed(double quantile, double used, int shards) {
        assertEquals(shards, new QuantileShardCount().count(new ShardDemand(0, quantile, used, 256, 10)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void shardsOfNoSizeAreRefused(double size) {
        assertThrows(IllegalArgumentException.class, () -> new ShardDemand(0, 0, 0, size, 10));
    }
}
