package io.foreshard.tck;

import io.foreshard.stackvirt.engine.oci.OciRuntime;

class CrunEngineTest extends OciEngineContract {

    CrunEngineTest() {
        super(OciRuntime.crun(), "crun");
    }
}
