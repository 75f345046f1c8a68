package io.foreshard.stackvirt.worker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The program of a stack image: serves the unix socket that the environment names in {@value #ENDPOINT}. Its arguments are the name of a
 * {@link StackHandler} with a public constructor of no arguments, and the largest message in bytes (1 MiB unless given).
 */
public final class WorkerMain {

    /** The environment variable that tells a stack where to listen; each engine sets it. */
    public static final String ENDPOINT = "FORESHARD_ENDPOINT";

    private static final int LARGEST_MESSAGE = 1 << 20;

    private WorkerMain() {}

    /**
     * Serves until the process ends.
     *
     * @param arguments the handler, and the largest message
     * @throws IOException if the socket cannot be made
     * @throws ReflectiveOperationException if there is no such handler
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        String endpoint = System.getenv(ENDPOINT);
        if (arguments.length < 1 || endpoint == null) {
            System.err.println("arguments: " + String.join(" ", arguments)
                    + " (expected: the name of a StackHandler, and " + ENDPOINT + " in the environment)");
            System.exit(2);
            return;
        }
        int largest = arguments.length > 1 ? Integer.parseInt(arguments[1]) : LARGEST_MESSAGE;
        StackHandler handler = Class.forName(arguments[0])
                .asSubclass(StackHandler.class)
                .getConstructor()
                .newInstance();
        try (StackWorker worker = StackWorker.listen(Path.of(endpoint), largest, handler)) {
            worker.run();
        }
    }
}
