package io.foreshard.jmh.striping.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serves and takes streams whose content follows from a seed. Plain sockets, so that {@code mptcpize} can change their kind. */
final class OriginRole {

    private static final int BACKLOG = 128;

    private final ServerSocket server;
    private volatile @Nullable Transfer newest;

    private OriginRole(int port) throws IOException {
        server = new ServerSocket();
        server.bind(new InetSocketAddress(port), BACKLOG);
    }

    /**
     * Runs the program.
     *
     * @param arguments the port
     */
    public static void main(String[] arguments) throws IOException {
        OriginRole origin = new OriginRole(Integer.parseInt(arguments[0]));
        Daemon.start(origin::accept);
        Console.serve(origin::handle);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Daemon.start(() -> serve(socket));
            }
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Transfer.Request request = Transfer.Request.read(socket);
            if (request.download()) {
                Transfer.send(socket, request.seed(), request.bytes());
                // Whoever asked says when it has all.
                socket.getInputStream().readAllBytes();
            } else {
                Transfer transfer = new Transfer(request.seed(), request.bytes());
                newest = transfer;
                transfer.receive(socket);
                socket.shutdownOutput();
            }
        } catch (IOException ended) {
            // Its client went away.
        }
    }

    private String handle(String name, List<String> arguments) throws InterruptedException {
        Transfer transfer = newest;
        return switch (name) {
            case "ready" -> "yes";
            case "look" ->
                transfer == null
                        ? "0 0 0"
                        : transfer.look(Long.parseLong(arguments.get(0)), Long.parseLong(arguments.get(1)));
            case "finish" -> transfer == null ? "0 0 0 0" : transfer.finish(Long.parseLong(arguments.get(0)));
            case "forget" -> {
                newest = null;
                yield "done";
            }
            default -> throw new IllegalArgumentException(name);
        };
    }
}
