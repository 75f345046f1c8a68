package io.foreshard.forecast.intermittent;

import io.foreshard.forecast.baseline.StreamingModelContract;
import org.junit.jupiter.api.Test;

class IntermittentContractTest {

    @Test
    void crostonKeepsTheContract() {
        check(new StreamingModelContract(() -> CrostonModel.croston(0.1), CrostonModel::load));
        check(new StreamingModelContract(() -> CrostonModel.sba(0.2), CrostonModel::load));
    }

    @Test
    void tsbKeepsTheContract() {
        check(new StreamingModelContract(() -> new TsbModel(0.1, 0.05), TsbModel::load));
    }

    private static void check(StreamingModelContract contract) {
        contract.check();
        contract.checkEquivariance(false);
    }
}
