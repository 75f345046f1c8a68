package io.foreshard.forecast.series;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The data folder, which a checkout may lack. */
public final class SharedData {

    private SharedData() {}

    /** A file of the folder; the test is skipped when it is absent. */
    public static Path file(String name) {
        Path file =
                Path.of(System.getProperty("foreshard.data", "../shared/data")).resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is absent; set -Dforeshard.data to the data folder");
        return file;
    }
}
