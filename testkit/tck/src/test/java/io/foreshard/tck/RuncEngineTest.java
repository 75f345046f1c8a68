package io.foreshard.tck;

import io.foreshard.stackvirt.engine.oci.OciRuntime;

class RuncEngineTest extends OciEngineContract {

    RuncEngineTest() {
        super(OciRuntime.runc(), "runc");
    }
}
