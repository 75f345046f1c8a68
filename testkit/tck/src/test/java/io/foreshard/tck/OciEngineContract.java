package io.foreshard.tck;

import io.foreshard.stackvirt.engine.oci.OciRuntime;

/** The contract with a container runtime, where it is installed. */
abstract class OciEngineContract extends OciGround implements StackEngineContract {

    OciEngineContract(OciRuntime runtime, String program) {
        super(runtime, program);
    }
}
