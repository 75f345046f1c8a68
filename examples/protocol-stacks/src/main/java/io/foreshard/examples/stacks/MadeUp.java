package io.foreshard.examples.stacks;

import io.foreshard.examples.stacks.capture.Capture;
import io.foreshard.examples.stacks.capture.Protocol;
import io.foreshard.examples.stacks.capture.Recorded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Messages of the same kinds as recorded ones, where there are no captures. Stateless. */
final class MadeUp {

    private static final String MARKER = "ff".repeat(16);
    private static final String OPEN = MARKER + "001d01" + "04" + "fc01" + "005a" + "c0000202" + "00";
    private static final String KEEPALIVE = MARKER + "001304";
    private static final String UPDATE = MARKER + "001b02" + "0000" + "0000" + "18cb0071";
    private static final long[] OPENING_MILLIS = {0, 12, 20, 30, 40, 41, 42, 43, 44, 49_700};
    private static final long[] ASKING_MILLIS = {0, 30, 60, 800, 1400, 1900, 3000, 12_000, 36_700};
    private static final List<String> NAMES = List.of("www.example.org", "mail.example.org", "no-such-name.example");

    private MadeUp() {}

    static List<Capture> captures() {
        return List.of(
                new Capture("made-up queries", Protocol.DNS, queries()),
                new Capture("made-up session", Protocol.BGP, session()));
    }

    private static List<Recorded> queries() {
        List<Recorded> messages = new ArrayList<>();
        for (int i = 0; i < ASKING_MILLIS.length; i++) {
            messages.add(new Recorded(ASKING_MILLIS[i], 1, 2, query(i, NAMES.get(i % NAMES.size()))));
        }
        return messages;
    }

    private static ByteBuffer query(int id, String name) {
        ByteBuffer query = ByteBuffer.allocate(name.length() + 18);
        query.putShort((short) id)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0);
        for (String label : name.split("\\.", -1)) {
            query.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return query.put((byte) 0).putShort((short) 1).putShort((short) 1).flip();
    }

    private static List<Recorded> session() {
        List<Recorded> messages = new ArrayList<>();
        for (int i = 0; i < OPENING_MILLIS.length; i++) {
            boolean isLast = i == OPENING_MILLIS.length - 1;
            String text = i < 2 ? OPEN : i < 4 || isLast ? KEEPALIVE : UPDATE;
            messages.add(new Recorded(
                    OPENING_MILLIS[i],
                    i % 2 == 0 ? 3 : 4,
                    i % 2 == 0 ? 4 : 3,
                    ByteBuffer.wrap(HexFormat.of().parseHex(text))));
        }
        return messages;
    }
}
