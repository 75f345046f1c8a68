package io.foreshard.stackvirt.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StackWorkerTest {

    private static final int LARGEST = 300_000;

    @TempDir
    private Path folder;

    private Path socket;
    private StackWorker worker;
    private Thread thread;

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("w");
        worker = StackWorker.listen(socket, LARGEST, StackWorkerTest::answer);
        thread = new Thread(() -> {
            try {
                worker.run();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        });
        thread.start();
    }

    private static ByteBuffer answer(ByteBuffer message) {
        if (message.remaining() == 3) {
            throw new IllegalArgumentException("three bytes");
        }
        return message;
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        worker.close();
        thread.join();
        assertFalse(Files.exists(socket));
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private static byte[] frame(FrameType type, long correlation, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream frame = new DataOutputStream(bytes)) {
            frame.writeInt(FrameType.LEAST_LENGTH + content.length);
            frame.writeByte(type.code());
            frame.writeLong(correlation);
            frame.write(content);
        }
        return bytes.toByteArray();
    }

    private static void assertFrame(DataInputStream in, FrameType type, long correlation, byte[] content)
            throws IOException {
        byte[] found = new byte[FrameType.HEADER_BYTES + content.length];
        in.readFully(found);
        assertArrayEquals(frame(type, correlation, content), found);
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Test
    void answersWhateverTheBytesAreCutInto() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[][] contents = new byte[40][];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = new byte[i % 10 == 9 ? random.nextInt(LARGEST) : 4 + random.nextInt(100)];
            random.nextBytes(contents[i]);
            all.write(frame(FrameType.MESSAGE, i, contents[i]));
        }
        byte[] bytes = all.toByteArray();
        try (SocketChannel channel = connect();
                DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
            Thread writer = new Thread(() -> writeInParts(channel, bytes, random));
            writer.start();
            for (int i = 0; i < contents.length; i++) {
                assertFrame(in, FrameType.REPLY, i, contents[i]);
            }
            writer.join();
        } catch (IOException | InterruptedException | AssertionError fault) {
            throw new AssertionError("seed " + seed, fault);
        }
    }

    private static void writeInParts(SocketChannel channel, byte[] bytes, Random random) {
        try {
            for (int at = 0; at < bytes.length; ) {
                int part = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 20 : 100_000));
                write(channel, java.util.Arrays.copyOfRange(bytes, at, at + part));
                at += part;
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Test
    void answersAllEvenIfNobodyReadsForAWhile() throws IOException, InterruptedException {
        int count = 3000;
        byte[] content = new byte[1000];
        try (SocketChannel channel = connect();
                DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < count; i++) {
                        write(channel, frame(FrameType.MESSAGE, i, content));
                    }
                } catch (IOException fault) {
                    throw new UncheckedIOException(fault);
                }
            });
            writer.start();
            // The other connection is served while this one is stuck.
            try (SocketChannel other = connect();
                    DataInputStream answers = new DataInputStream(Channels.newInputStream(other))) {
                write(other, frame(FrameType.PING, 5, new byte[0]));
                assertFrame(answers, FrameType.PONG, 5, new byte[0]);
            }
            for (int i = 0; i < count; i++) {
                assertFrame(in, FrameType.REPLY, i, content);
            }
            writer.join();
        }
    }

    @Test
    void refusesByAnErrorAndGoesOn() throws IOException {
        try (SocketChannel channel = connect();
                DataInputStream in = new DataInputStream(Channels.newInputStream(channel))) {
            write(channel, frame(FrameType.MESSAGE, 1, new byte[3]));
            write(channel, frame(FrameType.PING, 2, new byte[0]));
            assertFrame(in, FrameType.ERROR, 1, new byte[0]);
            assertFrame(in, FrameType.PONG, 2, new byte[0]);
        }
    }

    @Test
    void disconnectsWhoBreaksTheRules() throws IOException {
        byte[] tooLong = frame(FrameType.MESSAGE, 1, new byte[LARGEST + 1]);
        byte[] tooShort = {0, 0, 0, 8, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        byte[] negative = {-1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
        for (byte[] hostile : new byte[][] {tooLong, tooShort, negative, frame(FrameType.REPLY, 1, new byte[1])}) {
            try (SocketChannel channel = connect()) {
                // Of the long one, the head is enough.
                write(channel, java.util.Arrays.copyOf(hostile, 14));
                assertEquals(-1, readOrEnd(channel));
            }
        }
        refusesByAnErrorAndGoesOn();
    }

    private static int readOrEnd(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1));
        } catch (IOException reset) {
            return -1;
        }
    }

    @Test
    void replacesASocketThatWasLeftAndRefusesNonsense() throws IOException {
        Path left = folder.resolve("left");
        Files.createFile(left);
        StackWorker.listen(left, 1, message -> message).close();
        assertFalse(Files.exists(left));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> StackWorker.listen(left, 0, message -> message))
                .getMessage()
                .startsWith("largestMessage: 0 (expected: "));
    }
}
