package io.foreshard.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("build")
class ArchitectureTest {

    /** The outermost adapters: what reads the clock, and what makes the randomness that security needs. */
    private static final Set<String> ADAPTERS = Set.of(
            "io.foreshard.addrsharding.router.BirdPush",
            "io.foreshard.flowshaper.FlowShaperBuilder",
            "io.foreshard.flowshaper.LoopClock",
            "io.foreshard.addrsharding.journal.JournalStoreBuilder",
            "io.foreshard.flowsharder.edge.EdgeBuilder",
            "io.foreshard.flowsharder.edge.LoopClock",
            "io.foreshard.reassembler.ReassemblerHandler",
            "io.foreshard.stackvirt.mux.LoopClock",
            "io.foreshard.stackvirt.mux.MultiplexerBuilder",
            "io.foreshard.stackvirt.virtualizer.StackVirtualizerBuilder",
            "io.foreshard.tck.DrillHandler",
            "io.foreshard.telemetry.probe.SystemSurroundings",
            "io.foreshard.transport.LoopClock",
            "io.foreshard.transport.TransportConfig");

    private final JavaClasses foreshard =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(Layout.FORESHARD.root());

    @Test
    void looksAtTheSharedVocabularyAtLeast() {
        assertTrue(foreshard.contain("io.foreshard.coreapi.Forecaster"));
    }

    @Test
    void dependenciesPointOneWay() {
        holds(DependencyDirection.rule(Layout.FORESHARD));
    }

    @Test
    void whatAllEnginesShareDoesNotKnowNetty() {
        holds(NettyFree.rule(Layout.FORESHARD));
    }

    @Test
    void nothingHoldsStaticState() {
        holds(NoStaticState.rule());
    }

    @Test
    void timeAndRandomnessAreHandedIn() {
        holds(HandedInTimeAndChance.rule(ADAPTERS));
    }

    @Test
    void everyNamedAdapterStillNeedsItsName() {
        String report = HandedInTimeAndChance.rule(Set.of())
                .evaluate(foreshard)
                .getFailureReport()
                .toString();
        for (String adapter : ADAPTERS) {
            assertTrue(
                    report.contains(adapter),
                    adapter + " reads no clock and makes no randomness (expected: not listed)");
        }
    }

    private void holds(ArchRule rule) {
        assertFalse(foreshard.isEmpty());
        assertEquals(
                "",
                String.join("\n", rule.evaluate(foreshard).getFailureReport().getDetails()));
    }
}
