package io.foreshard.tck;

import io.foreshard.flowsharder.spi.FlowView;
import java.util.SplittableRandom;

/** A flow of any kind: new, silent one way, of large or small chunks. */
final class RandomFlow implements FlowView {

    private final int[] chunkBytes;
    private final long ageNanos;
    private long sentBytes;
    private long receivedBytes;

    RandomFlow(SplittableRandom random) {
        chunkBytes = new int[random.nextInt(MOST_CHUNKS + 1)];
        ageNanos = random.nextInt(4) == 0 ? 0 : random.nextLong(3_600_000_000_000L);
        int most = 1 << random.nextInt(4, 20);
        for (int i = 0; i < chunkBytes.length; i++) {
            int bytes = random.nextInt(1, most + 1);
            chunkBytes[i] = random.nextBoolean() ? bytes : -bytes;
            sentBytes += Math.max(0, chunkBytes[i]);
            receivedBytes += Math.max(0, -chunkBytes[i]);
        }
        if (chunkBytes.length == MOST_CHUNKS && random.nextBoolean()) {
            sentBytes += random.nextLong(1L << random.nextInt(1, 62));
            receivedBytes += random.nextLong(1L << random.nextInt(1, 62));
        }
    }

    @Override
    public String target() {
        return "origin.example.org:443";
    }

    @Override
    public long ageNanos() {
        return ageNanos;
    }

    @Override
    public long sentBytes() {
        return sentBytes;
    }

    @Override
    public long receivedBytes() {
        return receivedBytes;
    }

    @Override
    public int chunks() {
        return chunkBytes.length;
    }

    @Override
    public int chunkBytes(int index) {
        return chunkBytes[index];
    }
}
