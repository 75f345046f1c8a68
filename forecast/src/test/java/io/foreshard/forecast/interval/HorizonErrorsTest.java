package io.foreshard.forecast.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class HorizonErrorsTest {

    private static final int OUTCOMES_AT = 2 * Double.BYTES;
    private static final double[] LEVELS = {0.1, 0.9};

    @Test
    void goesOnToLearnAfterMoreOutcomesThanAnIntCounts() throws IOException {
        HorizonErrors errors = fresh();
        settle(errors, 10);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        errors.save(new DataOutputStream(bytes));
        ByteBuffer state = ByteBuffer.wrap(bytes.toByteArray()).putInt(OUTCOMES_AT, Integer.MAX_VALUE - 1);
        HorizonErrors old = fresh();
        old.restore(new DataInputStream(new ByteArrayInputStream(state.array())));
        assertTrue(old.offset(0, 0, 1, 0) < 0);
        for (int time = 0; time < 200; time++) {
            old.issue(time, 0, 1, 0);
            old.settle(1, -1, Double.NEGATIVE_INFINITY);
        }
        assertEquals(Integer.MAX_VALUE - 1, old.outcomes());
        assertTrue(old.offset(0, 0, 1, 0) > 0, "the lower quantile follows errors that are all 1");
    }

    private static HorizonErrors fresh() {
        return new HorizonErrors(1, 1, LEVELS, new float[] {1, 1});
    }

    private static void settle(HorizonErrors errors, int times) {
        for (int time = 0; time < times; time++) {
            errors.issue(time, 0, 1, 0);
            errors.settle(time % 2 == 0 ? 1 : -1, -1, Double.NEGATIVE_INFINITY);
        }
    }
}
