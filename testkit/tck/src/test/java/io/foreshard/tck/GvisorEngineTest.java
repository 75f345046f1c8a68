package io.foreshard.tck;

import io.foreshard.stackvirt.engine.oci.OciRuntime;
import org.junit.jupiter.api.Tag;

/** Takes a minute; {@link LiveGvisorTest} has what differs from other runtimes. */
@Tag("full")
class GvisorEngineTest extends OciEngineContract {

    GvisorEngineTest() {
        super(OciRuntime.gvisor(), "runsc");
    }
}
