package io.foreshard.jmh.striping.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Downloads and uploads, one at a time. Plain sockets, as the origin's. */
final class ClientRole {

    private Socket socket = new Socket();
    private Transfer transfer = new Transfer(0, 0);

    private ClientRole() {}

    /**
     * Runs the program.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        Console.serve(new ClientRole()::handle);
    }

    private String handle(String name, List<String> arguments) throws IOException, InterruptedException {
        return switch (name) {
            case "ready" -> "yes";
            case "download", "upload" -> {
                begin(name.equals("download"), arguments);
                yield "begun";
            }
            case "look" -> transfer.look(Long.parseLong(arguments.get(0)), Long.parseLong(arguments.get(1)));
            case "finish" -> transfer.finish(Long.parseLong(arguments.get(0)));
            case "stop" -> {
                breakOff();
                yield "stopped";
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Resets, as kernel MPTCP would go on to fill its paths for seconds after a close. */
    private void breakOff() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    /** Takes address, port, seed and bytes. */
    private void begin(boolean download, List<String> arguments) throws IOException {
        socket.close();
        Socket fresh = new Socket();
        socket = fresh;
        fresh.connect(new InetSocketAddress(arguments.get(0), Integer.parseInt(arguments.get(1))));
        fresh.setTcpNoDelay(true);
        long seed = Long.parseLong(arguments.get(2));
        long bytes = Long.parseLong(arguments.get(3));
        Transfer incoming = new Transfer(seed, download ? bytes : 0);
        transfer = incoming;
        new Transfer.Request(download, seed, bytes).write(fresh);
        Daemon.start(() -> {
            incoming.receive(fresh);
            if (download) {
                close(fresh);
            }
        });
        if (!download) {
            Daemon.start(() -> send(fresh, seed, bytes));
        }
    }

    private static void send(Socket to, long seed, long bytes) {
        try {
            Transfer.send(to, seed, bytes);
        } catch (IOException stopped) {
            // What is missing is missed at the other end.
        }
    }

    private static void close(Socket done) {
        try {
            done.close();
        } catch (IOException gone) {
            // Then it is closed.
        }
    }
}
