package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Crc32cTest {

    private final Crc32c crc = new Crc32c();

    @Test
    void givesTheValuesOfRfc3720() {
        byte[] zeros = new byte[32];
        byte[] ones = new byte[32];
        byte[] rising = new byte[32];
        byte[] falling = new byte[32];
        Arrays.fill(ones, (byte) 0xFF);
        for (int i = 0; i < 32; i++) {
            rising[i] = (byte) i;
            falling[i] = (byte) (31 - i);
        }
        // RFC 3720 appendix B.4 lists the bytes in the order of transmission: aa 36 91 8a is 8a9136aa.
        assertEquals(0x8A9136AA, of(zeros));
        assertEquals(0x62A8AB43, of(ones));
        assertEquals(0x46DD794E, of(rising));
        assertEquals(0x113FDB5C, of(falling));
        assertEquals(0xE3069283, of("123456789".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(0, of(new byte[0]));
    }

    @Test
    void readsEveryKindOfBufferAlike() {
        Property.named("a checksum does not depend on the buffer")
                .runs(60)
                .maxSize(20_000)
                .check((random, size) -> {
                    byte[] bytes = random.bytes(size);
                    int from = random.nextInt(size);
                    int length = random.nextInt(size - from + 1);
                    int expected = of(Arrays.copyOfRange(bytes, from, from + length));
                    ByteBuf direct = Unpooled.directBuffer(size).writeBytes(bytes);
                    ByteBuf framed =
                            Unpooled.directBuffer(size + 9).writeZero(5).writeBytes(bytes);
                    CompositeByteBuf composite = composite(bytes, random);
                    try {
                        assertEquals(expected, crc.of(Unpooled.wrappedBuffer(bytes), from, length));
                        assertEquals(expected, crc.of(direct, from, length));
                        assertEquals(expected, crc.of(direct.asReadOnly(), from, length));
                        assertEquals(expected, crc.of(framed.slice(5, size), from, length));
                        assertEquals(expected, crc.of(composite, from, length));
                        assertEquals(
                                expected, crc.of(Unpooled.wrappedBuffer(bytes).asReadOnly(), from, length));
                    } finally {
                        direct.release();
                        framed.release();
                        composite.release();
                    }
                });
    }

    private static CompositeByteBuf composite(byte[] bytes, SeededRandom random) {
        CompositeByteBuf composite = Unpooled.compositeBuffer(bytes.length + 1);
        for (int at = 0; at < bytes.length; ) {
            int step = Math.min(bytes.length - at, 1 + random.nextInt(5000));
            ByteBuf part = random.nextBoolean() ? Unpooled.buffer(step) : Unpooled.directBuffer(step);
            composite.addComponent(true, part.writeBytes(bytes, at, step));
            at += step;
        }
        return composite;
    }

    @Test
    void joinsTheChecksumsOfPiecesIntoThatOfTheWhole() {
        Property.named("joined checksum equals the direct one")
                .runs(200)
                .maxSize(5_000)
                .check((random, size) -> {
                    byte[] bytes = random.bytes(size);
                    int joined = 0;
                    for (int at = 0; at < size; ) {
                        int step = 1 + random.nextInt(size - at);
                        joined = Crc32c.combine(joined, of(Arrays.copyOfRange(bytes, at, at + step)), step);
                        at += step;
                    }
                    assertEquals(of(bytes), joined);
                });
    }

    @Test
    void aMessageAndItsTrailerLeaveTheResidueWhereverItIsCut() {
        Property.named("residue").runs(100).maxSize(300).check((random, size) -> {
            ByteBuf message = Unpooled.buffer().writeBytes(random.bytes(size));
            message.writeIntLE(crc.of(message, 0, size));
            int cut = random.nextInt(message.writerIndex() + 1);
            int rest = message.writerIndex() - cut;
            assertEquals(Crc32c.RESIDUE, crc.of(message, 0, message.writerIndex()));
            assertEquals(Crc32c.RESIDUE, Crc32c.combine(crc.of(message, 0, cut), crc.of(message, cut, rest), rest));
            int flipped = random.nextInt(message.writerIndex());
            message.setByte(flipped, message.getByte(flipped) ^ 1 << random.nextInt(8));
            assertEquals(false, crc.of(message, 0, message.writerIndex()) == Crc32c.RESIDUE);
        });
    }

    /** Half a gibibyte is where x^(2^i) has come round once: the polynomial is not irreducible, so it does so after 31 steps. */
    @Test
    void joinsLengthsUpToTheLargestMessage() {
        Property.named("operators add up").runs(200).check((random, size) -> {
            long first = random.nextLong(1L << 31);
            long second = random.nextLong(1L << 31);
            int some = random.nextInt();
            int atOnce = Crc32c.combine(some, 0, first + second);
            assertEquals(atOnce, Crc32c.combine(Crc32c.combine(some, 0, first), 0, second));
        });
        int half = Crc32c.combine(1, 0, (1L << 29) - 1);
        assertEquals(Crc32c.combine(half, 0, 1), Crc32c.combine(1, 0, 1L << 29));
    }

    @Test
    void joinsAZeroFilledGibibyteAsIfItHadBeenRead() {
        byte[] chunk = new byte[1 << 20];
        java.util.zip.CRC32C direct = new java.util.zip.CRC32C();
        direct.update('x');
        for (int i = 0; i < 1024; i++) {
            direct.update(chunk);
        }
        int zeros = 0;
        for (int i = 0; i < 1024; i++) {
            zeros = Crc32c.combine(zeros, of(chunk), chunk.length);
        }
        int x = of(new byte[] {'x'});
        assertEquals((int) direct.getValue(), Crc32c.combine(x, zeros, 1L << 30));
    }

    private int of(byte[] bytes) {
        return crc.of(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
    }
}
