package io.foreshard.jmh.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The peers' scripts, packed with these classes, as contestants. */
public final class PeerScripts {

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(30);
    /** The second is where a distribution's packages are seen when another Python comes first on the path. */
    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    private final Path folder;

    /**
     * @param folder receives the scripts
     */
    public PeerScripts(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns a script for R's package forecast.
     *
     * @param script the file's name
     * @throws ContestantException if R or the package is missing
     */
    public Contestant r(String script) throws IOException, ContestantException, InterruptedException {
        if (!works("Rscript", "-e", "library(forecast)")) {
            throw new ContestantException("no Rscript with forecast");
        }
        return new Contestant(List.of("Rscript", unpack(script).toString()));
    }

    /**
     * Returns a script for Python.
     *
     * @param script the file's name
     * @param library what it imports
     * @throws ContestantException if no Python has the library
     */
    public Contestant python(String script, String library)
            throws IOException, ContestantException, InterruptedException {
        for (String python : PYTHONS) {
            if (works(python, "-c", "import " + library)) {
                return new Contestant(List.of(python, unpack(script).toString()));
            }
        }
        throw new ContestantException("no python3 with " + library);
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            new Contestant(List.of(command)).run(PROBE_LIMIT);
            return true;
        } catch (ContestantException e) {
            return false;
        }
    }

    private Path unpack(String script) throws IOException {
        Path file = folder.resolve(script);
        try (InputStream packed = PeerScripts.class.getResourceAsStream(script)) {
            if (packed == null) {
                throw new IOException(script + " is not packed with the program");
            }
            Files.write(file, packed.readAllBytes());
        }
        return file;
    }
}
