package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Creates, starts, freezes and destroys stacks until it is killed, and writes a byte for each that it has destroyed. */
final class OrphanRun {

    private static final StackResources RESOURCES = new StackResources(1, 256L << 20, 200, 4 << 10);

    private OrphanRun() {}

    static OciRuntime runtime(String name) {
        return switch (name) {
            case "runc" -> OciRuntime.runc();
            case "crun" -> OciRuntime.crun();
            default -> OciRuntime.gvisor();
        };
    }

    /** Arguments: runtime, folder of state, root of busybox, owner, first number, file of the bytes. */
    public static void main(String[] arguments) throws IOException {
        OciEngine engine = OciEngine.builder(runtime(arguments[0]), Path.of(arguments[1]), Runnable::run)
                .build();
        StackSource source = new StackSource.FileSystem(
                Path.of(arguments[2]), List.of("/bin/sh", "-c", "while :; do /bin/busybox sleep 1; done"));
        StackSpec spec = new StackSpec("orphan", source, "/run/stack/s", RESOURCES, HealthCheck.DEFAULT, 1, Map.of());
        for (long number = Long.parseLong(arguments[4]); ; number++) {
            StackId id = new StackId(arguments[3], "orphan", number);
            Echo.done(engine.create(id, spec));
            Echo.done(engine.start(id));
            Echo.done(engine.freeze(id));
            Echo.done(engine.thaw(id));
            Echo.done(engine.destroy(id));
            Files.write(Path.of(arguments[5]), new byte[1], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
