package io.foreshard.examples.sendfile;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardSession;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Puts messages, each an offset and the bytes there, into a temporary file in whatever order they arrive. */
final class ReceivedFile implements SessionListener, AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    ReceivedFile() throws IOException {
        path = Files.createTempFile("foreshard-", ".received");
        channel = FileChannel.open(path, StandardOpenOption.WRITE);
    }

    @Override
    public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
        try {
            long at = message.readLong();
            while (message.isReadable()) {
                int written = message.readBytes(channel, at, message.readableBytes());
                at += written;
            }
        } catch (IOException noSpace) {
            throw new UncheckedIOException(noSpace);
        } finally {
            message.release();
        }
    }

    String sha256() throws IOException {
        return sha256(path);
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256: not available (expected: every Java platform has it)", missing);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
