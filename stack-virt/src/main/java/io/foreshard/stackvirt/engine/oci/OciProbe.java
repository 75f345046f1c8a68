package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.StackException;
import java.nio.file.Path;
import java.util.EnumMap;

/** Tries what a runtime can do here. */
final class OciProbe {

    private final String name;
    private final OciContainers containers;
    private final Path state;

    OciProbe(String name, OciContainers containers, Path state) {
        this.name = name;
        this.containers = containers;
        this.state = state;
    }

    EngineReport run() throws StackException {
        String version = containers.commands().ask(state, "--version");
        return new EngineReport(name, version, new EnumMap<>(EngineFeature.class));
    }
}
