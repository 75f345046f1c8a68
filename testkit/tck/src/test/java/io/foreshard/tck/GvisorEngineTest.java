package io.foreshard.tck;

import io.foreshard.stackvirt.engine.oci.OciRuntime;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes a minute; {@link LiveGvisorTest} has what differs from other runtimes. */
@EnabledIfSystemProperty(named = "foreshard.full", matches = "true")
class GvisorEngineTest extends OciEngineContract {

    GvisorEngineTest() {
        super(OciRuntime.gvisor(), "runsc");
    }
}
