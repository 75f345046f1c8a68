package io.foreshard.stackvirt.worker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The program of a stack image: serves the unix socket that the environment names in {@value #ENDPOINT} or {@value #DIAL}. Its arguments
 * are the name of a {@link StackHandler} with a public constructor of no arguments, and the largest message in bytes (1 MiB unless given).
 */
public final class WorkerMain {

    /** The environment variable that tells a stack where to listen. Each engine sets this one or {@link #DIAL}. */
    public static final String ENDPOINT = "FORESHARD_ENDPOINT";

    /**
     * The environment variable that tells a stack where to connect to, where nobody could connect to it. It keeps one connection at a time and
     * tries again while nobody listens.
     */
    public static final String DIAL = "FORESHARD_DIAL";

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
        String dial = System.getenv(DIAL);
        String socket = endpoint == null ? dial : endpoint;
        if (arguments.length < 1 || socket == null || (endpoint != null && dial != null)) {
            System.err.println(
                    "arguments: " + String.join(" ", arguments) + " (expected: the name of a StackHandler, and "
                            + ENDPOINT + " or " + DIAL + " in the environment)");
            System.exit(2);
            return;
        }
        int largest = arguments.length > 1 ? Integer.parseInt(arguments[1]) : LARGEST_MESSAGE;
        StackHandler handler = Class.forName(arguments[0])
                .asSubclass(StackHandler.class)
                .getConstructor()
                .newInstance();
        try (StackWorker worker = endpoint == null
                ? StackWorker.dial(Path.of(socket), largest, handler)
                : StackWorker.listen(Path.of(socket), largest, handler)) {
            worker.run();
        }
    }
}
