package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A committed vector: fields as {@code key = value}, a line of dashes, then the packet in hex, where {@code 00*12} stands for twelve
 * zeros and what follows a hash is a remark.
 */
record VectorFile(String name, Map<String, String> fields, List<String> hex) {

    /** Returns all vectors of a folder below {@code vectors}, sorted by name. */
    static Stream<VectorFile> in(String folder) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".hex"))
                    .sorted()
                    .map(VectorFile::load)
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path folder(String folder) {
        try {
            return Path.of(Objects.requireNonNull(VectorFile.class.getResource("/vectors/" + folder), folder)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static VectorFile load(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            int rule = lines.indexOf("---");
            Map<String, String> fields = new LinkedHashMap<>();
            for (String line : lines.subList(1, rule)) {
                String[] pair = line.split(" = ", 2);
                fields.put(pair[0], pair[1]);
            }
            String name = Objects.requireNonNull(file.getFileName()).toString().replace(".hex", "");
            return new VectorFile(name, fields, lines.subList(rule + 1, lines.size()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the packet in a buffer of its own. */
    ByteBuf packet() {
        ByteBuf packet = Unpooled.buffer();
        for (String line : hex) {
            String bytes = line.split("#", 2)[0].strip();
            for (String token : bytes.split(" +", -1)) {
                write(packet, token);
            }
        }
        return packet;
    }

    private static void write(ByteBuf packet, String token) {
        int star = token.indexOf('*');
        int times = star < 0 ? 1 : Integer.parseInt(token.substring(star + 1));
        int value = Integer.parseInt(token.substring(0, 2), 16);
        for (int i = 0; i < times; i++) {
            packet.writeByte(value);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
