package io.foreshard.forecast.autoregression;

import io.foreshard.forecast.baseline.StreamingModelContract;
import org.junit.jupiter.api.Test;

class AutoregressionContractTest {

    @Test
    void shortLagsKeepTheContract() {
        check(1, 2, 3);
    }

    @Test
    void seasonalLagsKeepTheContract() {
        check(1, 2, 24, 25);
    }

    @Test
    void loneSeasonalLagKeepsTheContract() {
        check(7);
    }

    private static void check(int... lags) {
        StreamingModelContract contract = new StreamingModelContract(
                () -> RecursiveAutoregression.builder().lags(lags).build(), RecursiveAutoregression::load);
        contract.check();
        contract.checkEquivariance(true);
    }
}
