package io.foreshard.addrsharding.router;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The control socket of BIRD. A command is a line. An answer is lines that begin with a code of four digits and a minus, or a space where the
 * code is the one before; the last has a space behind its code. Codes from 8000 on are refusals.
 */
final class BirdControl implements AutoCloseable {

    private static final int FIRST_REFUSAL = 8000;
    private static final int CODE = 4;
    private static final int MOST_LINE_BYTES = 1 << 14;
    private static final long MOST_ANSWER_BYTES = 1L << 27;
    private static final int MOST_KEPT = 20;
    private static final int BUFFER = 1 << 14;

    private final Selector selector;
    private final SocketChannel channel;
    private final LongSupplier nanoTime;
    private final long limitNanos;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();

    private BirdControl(Selector selector, SocketChannel channel, LongSupplier nanoTime, long limitNanos) {
        this.selector = selector;
        this.channel = channel;
        this.nanoTime = nanoTime;
        this.limitNanos = limitNanos;
    }

    /** The end of an answer: its code, and the first of its lines, which are enough for people. */
    record Answer(int code, List<String> lines) {

        boolean isRefusal() {
            return code >= FIRST_REFUSAL;
        }

        String text() {
            return String.join("; ", lines);
        }
    }

    /** Connects and reads the greeting. Each answer may take as long as the limit says. */
    static BirdControl open(Path socket, LongSupplier nanoTime, long limitNanos) throws IOException {
        Selector selector = Selector.open();
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            BirdControl control = new BirdControl(selector, channel, nanoTime, limitNanos);
            control.answer(line -> {});
            return control;
        } catch (IOException | RuntimeException failure) {
            selector.close();
            if (channel != null) {
                channel.close();
            }
            throw failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
        }
    }

    Answer ask(String command) throws IOException {
        return ask(command, line -> {});
    }

    /** Sends a command and hands each line of its answer on, without the code. */
    Answer ask(String command, Consumer<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                throw new IOException("the router takes no commands");
            }
        }
        return answer(lines);
    }

    private Answer answer(Consumer<String> lines) throws IOException {
        long deadline = nanoTime.getAsLong() + limitNanos;
        long budget = MOST_ANSWER_BYTES;
        List<String> kept = new ArrayList<>();
        while (true) {
            String line = line(deadline);
            budget -= line.length() + 1;
            if (budget < 0) {
                throw new IOException("the answer is longer than " + MOST_ANSWER_BYTES + " bytes");
            }
            int code = code(line);
            boolean isLast = code >= 0 && (line.length() == CODE || line.charAt(CODE) == ' ');
            String text = code >= 0
                    ? line.substring(Math.min(CODE + 1, line.length()))
                    : line.substring(Math.min(1, line.length()));
            lines.accept(text);
            if (!text.isBlank() && kept.size() < MOST_KEPT) {
                kept.add(text.replaceAll("[^ -~]", " ").strip());
            }
            if (isLast) {
                return new Answer(code, List.copyOf(kept));
            }
        }
    }

    private static int code(String line) {
        if (line.length() < CODE) {
            return -1;
        }
        for (int i = 0; i < CODE; i++) {
            if (line.charAt(i) < '0' || line.charAt(i) > '9') {
                return -1;
            }
        }
        boolean isCode = line.length() == CODE || line.charAt(CODE) == ' ' || line.charAt(CODE) == '-';
        return isCode ? Integer.parseInt(line.substring(0, CODE)) : -1;
    }

    private String line(long deadline) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            while (buffer.hasRemaining()) {
                char next = (char) (buffer.get() & 0xff);
                if (next == '\n') {
                    return line.toString();
                }
                if (line.length() == MOST_LINE_BYTES) {
                    throw new IOException("a line is longer than " + MOST_LINE_BYTES + " bytes");
                }
                line.append(next);
            }
            fill(deadline);
        }
    }

    private void fill(long deadline) throws IOException {
        buffer.clear();
        int count;
        while ((count = channel.read(buffer)) == 0) {
            long left = (deadline - nanoTime.getAsLong()) / 1_000_000;
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                throw new IOException("no answer in time");
            }
            selector.select(left);
            selector.selectedKeys().clear();
        }
        buffer.flip();
        if (count < 0) {
            throw new IOException("the router closed its control socket");
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
