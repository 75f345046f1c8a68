package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.examples.harness.StackImages;
import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.EngineReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a runtime really can do, as tried; and that nothing is left of the trial. */
@Tag("live")
class OciProbeTest {

    private static final Map<String, OciRuntime> RUNTIMES =
            Map.of("runc", OciRuntime.runc(), "crun", OciRuntime.crun(), "runsc", OciRuntime.gvisor());

    @TempDir
    private Path state;

    @ParameterizedTest
    @ValueSource(strings = {"runc", "crun", "runsc"})
    void installedRuntimesCanDoAllThatTheyShould(String program) throws IOException {
        StackImages.obstacle(program).ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle));
        try (OciEngine engine =
                OciEngine.builder(RUNTIMES.get(program), state, Runnable::run).build()) {
            EngineReport report = StackRig.done(engine.probe());
            // gVisor's kernel is its own: this machine's counts threads of that one.
            assertEquals(
                    program.equals("runsc") ? Set.of(EngineFeature.PROCESS_LIMIT) : Set.of(),
                    report.missing().keySet(),
                    report::toString);
            assertTrue(report.version().contains(program), report::toString);
            assertEquals(List.of(), StackRig.done(engine.find("probe")));
        }
    }
}
