package io.foreshard.examples.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What servers answer with and clients upload; the server's own process uses it too, so it needs nothing but the JDK. Stateless. */
final class Content {

    static final int ITEM_BYTES = 1_024;
    /** Mean length of an upload. */
    static final int UPLOAD_BYTES = 64 << 10;

    private static final int STEP_BYTES = 8 << 10;
    private static final int STEPS = 13;
    private static final int STRIDE = 5;

    private Content() {}

    /** Returns the small resource that every server has: no two stretches of it are alike, so that a piece missing would show. */
    static byte[] item() {
        byte[] item = new byte[ITEM_BYTES];
        for (int index = 0; index < ITEM_BYTES; index++) {
            item[index] = (byte) (index * 31 + (index >> 8) * 17);
        }
        return item;
    }

    /** Returns the lengths of uploads, one after the other and round again: 16 to 112 KiB, small and large ones mixed. */
    static List<Integer> uploadBytes() {
        return IntStream.range(0, STEPS)
                .map(index -> UPLOAD_BYTES + (index * STRIDE % STEPS - STEPS / 2) * STEP_BYTES)
                .boxed()
                .toList();
    }

    /** Returns what is uploaded. */
    static byte[] upload(int bytes) {
        byte[] upload = new byte[bytes];
        Arrays.fill(upload, (byte) 'u');
        return upload;
    }
}
