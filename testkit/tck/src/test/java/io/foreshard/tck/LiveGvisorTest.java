package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import org.junit.jupiter.api.Test;

/** A stack that nobody can connect to, and that connects by itself. */
class LiveGvisorTest extends OciGround {

    LiveGvisorTest() {
        super(OciRuntime.gvisor(), "runsc");
    }

    @Test
    void aStackConnectsAgainAfterItsLinkEndsAndToALaterEngine() {
        try (StackRig rig = new StackRig(engine(), source(), loop());
                StackEngine later = engine()) {
            StackId id = rig.running(rig.spec());
            for (int round = 0; round < 3; round++) {
                StackRig.Line line = rig.connect(round < 2 ? rig.engine : later, id);
                String huge = "x".repeat(200_000);
                assertEquals(huge, line.ask(1, huge));
                line.close();
                assertEquals(StackFailure.EXITED, line.awaitEnd());
            }
        }
    }
}
