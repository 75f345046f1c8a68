package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossRepairPolicyTest {

    /** A view with 57 shards and a budget of 64. */
    private record Seen(double lossRatio, boolean isQueueing, int round, int affordable) implements RepairPolicy.View {

        @Override
        public int shards() {
            return 57;
        }

        @Override
        public int budget() {
            return 64;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, false, 1, 64, 0, next to nothing is lost",
        "0.01, false, 1, 64, 1, one copy makes a second round unlikely",
        "0.04, false, 1, 64, 2, as many that are repaired together count together",
        "0.05, false, 1, 64, 2, much of the budget is left",
        "0.05, false, 1, 30, 1, less of it is left",
        "0.05, false, 1, 16, 0, the rest is kept for what is lost twice",
        "0.05, false, 2, 16, 2, which is paid from it",
        "0.1, false, 2, 16, 2, ",
        "0.3, false, 2, 16, 3, never more than three",
        "0.3, false, 2, 1, 1, nor more than the budget has",
        "0.3, false, 2, 0, 0, ",
        "0.3, true, 1, 64, 0, the queue may be what loses",
        "0.3, true, 3, 64, 0, "
    })
    void copiesAsLossDemandsAndTheBudgetAllows(
            double loss, boolean queueing, int round, int affordable, int copies, String why) {
        assertEquals(copies, new LossRepairPolicy().copies(new Seen(loss, queueing, round, affordable)), why);
    }
}
