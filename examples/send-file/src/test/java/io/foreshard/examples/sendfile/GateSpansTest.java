package io.foreshard.examples.sendfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import io.foreshard.examples.sendfile.GateSpans.Span;
import io.foreshard.examples.sendfile.Recording.Gated;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateSpansTest {

    private static Gated at(double seconds, GateReason reason) {
        return new Gated(seconds, new GateReport(reason, 0, 0.5, 0, 0, 0));
    }

    @Test
    void statesFollowEachOtherWithoutAGap() {
        List<Gated> gates = List.of(
                at(0.1, GateReason.LEARNING),
                at(0.2, GateReason.LEARNING),
                at(5, GateReason.ON_TRIAL),
                at(6, GateReason.ON_TRIAL),
                at(9, GateReason.PROVEN),
                at(9.5, GateReason.PROVEN),
                at(12, GateReason.PROVEN));
        assertEquals(
                List.of(
                        new Span(GateReason.LEARNING, 0, 5),
                        new Span(GateReason.ON_TRIAL, 5, 9),
                        new Span(GateReason.PROVEN, 9, 12)),
                GateSpans.of(gates));
        assertEquals(3, GateSpans.openSeconds(gates));
    }

    @Test
    void nothingWasOpenWhereNothingWasSeen() {
        assertEquals(List.of(), GateSpans.of(List.of()));
        assertEquals(0, GateSpans.openSeconds(List.of(at(1, GateReason.ON_TRIAL), at(2, GateReason.ON_TRIAL))));
    }

    @Test
    void everyStateHasWordsOfItsOwn() {
        Set<String> words = new HashSet<>();
        for (GateReason reason : GateReason.values()) {
            words.add(GateSpans.words(reason));
        }
        assertEquals(GateReason.values().length, words.size());
    }
}
