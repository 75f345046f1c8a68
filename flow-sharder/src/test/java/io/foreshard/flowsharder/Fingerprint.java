package io.foreshard.flowsharder;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Tells long streams apart by two checksums, 64 bits in all: much faster than a hash against forgery, of which tests have no need. */
public final class Fingerprint extends MessageDigest {

    private final CRC32 first = new CRC32();
    private final CRC32C second = new CRC32C();

    public Fingerprint() {
        super("CRC-32 and CRC-32C");
    }

    @Override
    protected void engineUpdate(byte input) {
        first.update(input);
        second.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        first.update(input, offset, length);
        second.update(input, offset, length);
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
        first.update(input.duplicate());
        second.update(input);
    }

    @Override
    protected byte[] engineDigest() {
        byte[] digest = ByteBuffer.allocate(Long.BYTES)
                .putInt((int) first.getValue())
                .putInt((int) second.getValue())
                .array();
        engineReset();
        return digest;
    }

    @Override
    protected void engineReset() {
        first.reset();
        second.reset();
    }
}
