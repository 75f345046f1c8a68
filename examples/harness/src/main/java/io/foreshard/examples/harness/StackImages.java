package io.foreshard.examples.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The root file systems of stacks, built by {@code scripts/build-stack-images.sh} where they are not up to date. Stateless. */
public final class StackImages {

    private static final String SCRIPT = "scripts/build-stack-images.sh";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private StackImages() {}

    /**
     * Returns why no stack can run in a container here.
     *
     * @param runtime the program that would run it
     * @return empty if it can be tried
     */
    public static Optional<String> obstacle(String runtime) {
        if (!Commands.isRoot()) {
            return Optional.of("not root (expected: root)");
        }
        if (Commands.find(runtime).isEmpty()) {
            return Optional.of("no " + runtime + " (expected: scripts/install-stack-engines.sh was run)");
        }
        return script().isPresent()
                ? Optional.empty()
                : Optional.of("no " + SCRIPT + " (expected: run in the project)");
    }

    /**
     * Builds an image, if it is not there already.
     *
     * @param name of the image: {@code jvm-worker}, {@code bird} or {@code busybox}
     * @param folder where to
     * @param classes folders of class files for the worker, that with the worker program first
     * @return its root
     * @throws IOException if the script fails, or leaves the image out; with what it said
     */
    public static Path build(String name, Path folder, List<Path> classes) throws IOException {
        Path script =
                script().orElseThrow(() -> new IOException(SCRIPT + ": not found (expected: run in the project)"));
        List<String> command = new ArrayList<>(List.of(script.toString(), "--only", name));
        classes.forEach(each -> command.addAll(List.of("--worker-classes", each.toString())));
        command.add(folder.toString());
        String said = Commands.run(LIMIT, command.toArray(String[]::new));
        Path root = folder.toAbsolutePath().normalize().resolve(name);
        if (!Files.isDirectory(root)) {
            throw new IOException(said.strip());
        }
        return root;
    }

    private static Optional<Path> script() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve(SCRIPT))) {
                return Optional.of(folder.resolve(SCRIPT));
            }
        }
        return Optional.empty();
    }
}
