package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import java.util.zip.CRC32C;

/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4) over buffers, and the algebra that joins the checksums of pieces into the checksum
 * of the whole without touching the bytes again.
 *
 * <p>Joining: appending {@code n} bytes to a text multiplies its checksum by {@code x^(8n)} modulo the polynomial, so
 * {@code crc(AB) = crc(A)·x^(8|B|) ⊕ crc(B)} (M. Adler, zlib {@code crc32_combine}). The factor depends on the length only and is
 * computed once per shard size. An instance is confined to one thread; the static functions are pure.
 */
public final class Crc32c {

    /** The checksum of any text followed by its own checksum in little-endian order. */
    public static final int RESIDUE = 0x48674BC7;

    private static final int POLYNOMIAL = 0x82F63B78;
    private static final int ONE = 1 << 31;
    private static final int SCRATCH_BYTES = 4096;

    /** x^(2^i) for every bit of a length in bits: 61 of a length in bytes, and 3 for the bits of a byte. */
    private static final int[] X_TO_2_TO = squares(64);

    private final CRC32C crc = new CRC32C();
    private final byte[] scratch = new byte[SCRATCH_BYTES];

    /** Makes a calculator for one thread. */
    public Crc32c() {}

    /**
     * Returns the checksum of a range. Neither indices nor reference count of the buffer change.
     *
     * @param buffer any buffer, heap or direct, slice or composite; ownership stays with the caller
     * @param index first byte
     * @param length number of bytes
     */
    public int of(ByteBuf buffer, int index, int length) {
        crc.reset();
        update(buffer, index, length);
        return (int) crc.getValue();
    }

    /**
     * Copies a range to the writer index of another buffer and returns its checksum, in one pass over the bytes.
     *
     * @param from any buffer, neither changed nor released
     * @param index first byte
     * @param length number of bytes
     * @param to buffer with room; ownership stays with the caller
     */
    int copy(ByteBuf from, int index, int length, ByteBuf to) {
        crc.reset();
        for (int done = 0; done < length; ) {
            int step = Math.min(length - done, scratch.length);
            fillScratch(from, index + done, step);
            crc.update(scratch, 0, step);
            to.writeBytes(scratch, 0, step);
            done += step;
        }
        return (int) crc.getValue();
    }

    private void update(ByteBuf buffer, int index, int length) {
        if (buffer.hasArray()) {
            crc.update(buffer.array(), buffer.arrayOffset() + index, length);
        } else if (isPlain(buffer)) {
            crc.update(buffer.internalNioBuffer(index, length));
        } else {
            updateByCopy(buffer, index, length);
        }
    }

    /**
     * A slice would make a new NIO view for each call, or share that of its parent with slices on other event loops; a composite
     * would make an array of them.
     */
    private static boolean isPlain(ByteBuf buffer) {
        return buffer.unwrap() == null && !(buffer instanceof CompositeByteBuf) && buffer.nioBufferCount() == 1;
    }

    private void fillScratch(ByteBuf from, int index, int length) {
        if (!from.hasArray() && isPlain(from)) {
            from.internalNioBuffer(index, length).get(scratch, 0, length);
        } else {
            from.getBytes(index, scratch, 0, length);
        }
    }

    private void updateByCopy(ByteBuf buffer, int index, int length) {
        for (int done = 0; done < length; ) {
            int step = Math.min(length - done, scratch.length);
            buffer.getBytes(index + done, scratch, 0, step);
            crc.update(scratch, 0, step);
            done += step;
        }
    }

    /**
     * Returns the checksum of two texts put together.
     *
     * @param first checksum of the first text
     * @param second checksum of the second text
     * @param secondLength length of the second text in bytes
     */
    public static int combine(int first, int second, long secondLength) {
        return append(first, second, operatorFor(secondLength));
    }

    /**
     * Returns the checksum of two texts put together, with the operator of the second one's length.
     *
     * @param first checksum of the first text
     * @param second checksum of the second text
     * @param operator from {@link #operatorFor}
     */
    public static int append(int first, int second, int operator) {
        return multiply(operator, first) ^ second;
    }

    /**
     * Returns the factor that appends a text of a given length, {@code x^(8·length)} modulo the polynomial.
     *
     * @param length bytes, 0…2^61-1
     */
    public static int operatorFor(long length) {
        int result = ONE;
        int exponent = 3;
        for (long rest = length; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(X_TO_2_TO[exponent], result);
            }
            exponent++;
        }
        return result;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int factor = b;
        for (int bits = a; bits != 0; bits <<= 1) {
            if (bits < 0) {
                product ^= factor;
            }
            factor = (factor >>> 1) ^ (POLYNOMIAL & -(factor & 1));
        }
        return product;
    }

    private static int[] squares(int count) {
        int[] table = new int[count];
        table[0] = ONE >>> 1;
        for (int i = 1; i < table.length; i++) {
            table[i] = multiply(table[i - 1], table[i - 1]);
        }
        return table;
    }
}
