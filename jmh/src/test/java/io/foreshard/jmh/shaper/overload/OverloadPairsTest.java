package io.foreshard.jmh.shaper.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.jmh.figure.Figure;
import org.junit.jupiter.api.Test;

class OverloadPairsTest {

    private final OverloadPairs pairs = new OverloadPairs(Handling.SHAPED_BY_LOAD);

    private static OverloadResult result(int offered, int good) {
        int rest = offered - good;
        return OverloadResult.parse(offered + " " + good + " 0 0 " + rest + " " + rest + " 1e6 9e8 " + good / 10.0);
    }

    @Test
    void comparesSharesOfWhatWasOffered() {
        pairs.add(result(1_000, 600), result(2_000, 1_000));
        Figure figure = pairs.figure();
        assertEquals(1.2, figure.value(), 1e-9);
        assertEquals("ok", figure.status());
        assertTrue(figure.line().contains("shaped-not-answered-share=0.4,"), figure.line());
    }

    @Test
    void staysOpenWithoutARound() {
        pairs.skip("the server did not start");
        assertEquals("open", pairs.figure().status());
    }
}
