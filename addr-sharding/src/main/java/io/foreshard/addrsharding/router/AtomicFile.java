package io.foreshard.addrsharding.router;

import io.foreshard.runtime.Checks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * A file that has either all of its old content or all of its new, whenever it is read and whatever fails. What is new is first written
 * beside it.
 */
final class AtomicFile {

    /** The path stands in commands to routers, so nothing may end it there. */
    private static final Pattern SAFE = Pattern.compile("/[A-Za-z0-9_./-]{1,1000}");

    private final Path file;
    private final Path candidate;

    AtomicFile(Path file) {
        Path absolute = file.toAbsolutePath();
        Checks.require(SAFE.matcher(absolute.toString()).matches(), "file", file, SAFE.pattern());
        this.file = absolute;
        candidate = absolute.resolveSibling(absolute.getFileName() + ".candidate");
    }

    Path file() {
        return file;
    }

    /** Where the new content is until it takes the place of the old. */
    Path candidate() {
        return candidate;
    }

    void writeCandidate(String text) throws IOException {
        write(candidate, text);
    }

    static void write(Path path, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Puts the candidate in place. After that, both the content and the name are on the disk. */
    void replace() throws IOException {
        Files.move(candidate, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    void discardCandidate() {
        try {
            Files.deleteIfExists(candidate);
        } catch (IOException leftBehind) {
            // Nobody reads it, and the next plan overwrites it.
        }
    }
}
