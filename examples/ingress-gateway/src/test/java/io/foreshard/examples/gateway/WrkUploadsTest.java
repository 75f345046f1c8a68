package io.foreshard.examples.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WrkUploadsTest {

    private static final String SAID = """
            Running 3s test @ http://127.0.0.1:8080/upload/
              1 threads and 12 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency   142.50ms  101.20ms   1.03s    71.09%
                Req/Sec    73.00     21.00   120.00     70.00%
              Latency Distribution
                 50%  128.30ms
                 75%  211.00ms
                 90%    1.25s
                 99%    1.90s
              214 requests in 3.00s, 31.98KB read
              Socket errors: connect 1, read 2, write 3, timeout 4
              Non-2xx or 3xx responses: 14
            Requests/sec:     71.30
            """;

    @Test
    void readsWhatWrkPrints() throws IOException {
        Uploads.Summary summary = WrkUploads.parse(SAID);
        assertEquals(200, summary.completed());
        assertEquals(24, summary.failed());
        assertEquals(0.1283, summary.medianSeconds(), 1e-9);
        assertEquals(1.25, summary.tailSeconds(), 1e-9);
    }

    @Test
    void saysWhatWrkSaidWhenItFailed() {
        IOException failure =
                assertThrows(IOException.class, () -> WrkUploads.parse("unable to connect to 127.0.0.1:1"));
        assertTrue(failure.getMessage().contains("unable to connect"), failure::getMessage);
    }

    @Test
    void uploadsHaveTheMeanThatGoodputCountsWith() {
        assertEquals(
                Content.UPLOAD_BYTES,
                Content.uploadBytes().stream()
                        .mapToInt(bytes -> bytes)
                        .average()
                        .orElseThrow());
        assertEquals(
                Content.uploadBytes().size(),
                Content.uploadBytes().stream().distinct().count());
    }
}
