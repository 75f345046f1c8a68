package io.foreshard.jmh.fairness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IperfReportTest {

    @Test
    void readsWhatTheReceiverGot() {
        String json = "{\"end\": {\"sum_sent\": {\"bits_per_second\": 5},\n"
                + " \"sum_received\":\t{\"seconds\": 4.07, \"bits_per_second\":\t18026938.83, \"sender\": true}}}";
        assertEquals(18.02693883, IperfReport.megabits(json), 1e-9);
    }

    @Test
    void aReportOfAnErrorHasNoGoodput() {
        assertTrue(Double.isNaN(IperfReport.megabits("{\"error\": \"unable to connect\"}")));
    }
}
