package io.foreshard.addrsharding.router;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A control socket that answers each command with what a function says, in the thread that connects it. */
final class FakeBird implements AutoCloseable {

    /** An answer after which the socket is closed. */
    static final String HANG_UP = "hang up";

    private final ServerSocketChannel server;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Thread thread;

    FakeBird(Path socket, Function<String, String> answers) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        thread = new Thread(() -> serve(answers), "fake bird");
        thread.start();
    }

    List<String> commands() {
        return commands;
    }

    private void serve(Function<String, String> answers) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                write(client, "0001 BIRD 2.0.12 ready.\n");
                talk(client, answers);
            } catch (IOException closed) {
                // By the test, or by the one that is tested.
            }
        }
    }

    private void talk(SocketChannel client, Function<String, String> answers) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (client.read(buffer) >= 0) {
            String command = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
            if (command.endsWith("\n")) {
                buffer.clear();
                commands.add(command.strip());
                String answer = answers.apply(command.strip());
                if (answer.equals(HANG_UP)) {
                    return;
                }
                write(client, answer);
            }
        }
    }

    private static void write(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
