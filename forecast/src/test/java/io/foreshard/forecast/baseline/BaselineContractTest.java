package io.foreshard.forecast.baseline;

import org.junit.jupiter.api.Test;

class BaselineContractTest {

    @Test
    void naiveKeepsTheContract() {
        check(new StreamingModelContract(NaiveModel::new, NaiveModel::load));
    }

    @Test
    void seasonalNaiveKeepsTheContract() {
        check(new StreamingModelContract(() -> new SeasonalNaiveModel(7), SeasonalNaiveModel::load));
    }

    @Test
    void driftKeepsTheContract() {
        check(new StreamingModelContract(DriftModel::new, DriftModel::load));
    }

    @Test
    void seasonalMeanKeepsTheContract() {
        check(new StreamingModelContract(() -> new SeasonalMeanModel(7, 0.1), SeasonalMeanModel::load));
    }

    @Test
    void windowMedianKeepsTheContract() {
        check(new StreamingModelContract(() -> new WindowMedianModel(15), WindowMedianModel::load));
    }

    private static void check(StreamingModelContract contract) {
        contract.check();
        contract.checkEquivariance(true);
    }
}
