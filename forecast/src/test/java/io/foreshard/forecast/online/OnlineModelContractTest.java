package io.foreshard.forecast.online;

import io.foreshard.forecast.baseline.StreamingModelContract;
import org.junit.jupiter.api.Test;

class OnlineModelContractTest {

    @Test
    void expertsWithoutSeasonKeepTheContract() {
        check();
    }

    @Test
    void expertsWithSeasonsKeepTheContract() {
        check(7, 24);
    }

    private static void check(int... periods) {
        StreamingModelContract contract =
                new StreamingModelContract(() -> OnlineModel.untaught(periods, false), OnlineModel::load);
        contract.check();
        contract.checkEquivariance(true);
    }
}
