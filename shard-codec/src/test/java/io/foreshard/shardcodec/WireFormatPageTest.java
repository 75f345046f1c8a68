package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the page that describes the wire format with the code. */
class WireFormatPageTest {

    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\| (\\d+) \\|.*");

    private final String page;

    WireFormatPageTest() throws IOException {
        page = Files.readString(Path.of("..", "docs", "wire-format.md").toAbsolutePath());
    }

    @Test
    void constantsHaveTheNumbersOfThePage() throws IllegalAccessException {
        Map<String, Integer> constants = new TreeMap<>();
        for (Field field : WireFormat.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !field.getName().startsWith("FLAG_")) {
                constants.put(field.getName(), field.getInt(null));
            }
        }
        assertEquals(constants, rowsBelow("## Constants"));
    }

    @Test
    void kindsHaveTheNumbersOfThePage() {
        assertEquals(codes(PacketKind.values(), PacketKind::name, PacketKind::code), rowsBelow("### Kinds"));
    }

    @Test
    void kindsAreAcknowledgedAsThePageSays() {
        for (PacketKind kind : PacketKind.values()) {
            String expected = kind.isReserved() ? "–" : kind.isAckEliciting() ? "yes" : "no";
            String row = "| `" + kind + "` | " + kind.code() + " | " + expected + " |";
            assertTrue(page.contains(row), row);
        }
    }

    @Test
    void contractsHaveTheNumbersOfThePage() {
        assertEquals(codes(Contract.values(), Contract::name, Contract::code), rowsBelow("### Contracts"));
    }

    @Test
    void trafficClassesHaveTheNumbersOfThePage() {
        assertEquals(
                codes(TrafficClass.values(), TrafficClass::name, TrafficClass::code), rowsBelow("### Traffic classes"));
        for (TrafficClass each : TrafficClass.values()) {
            String row = "| `" + each + "` | " + each.code() + " | " + each.dscp() + ", ";
            assertTrue(page.contains(row), row);
        }
    }

    @Test
    void reasonsHaveTheNumbersOfThePage() {
        assertEquals(
                codes(RejectReason.values(), RejectReason::name, RejectReason::code), rowsBelow("### Reject reasons"));
        assertEquals(codes(CloseReason.values(), CloseReason::name, CloseReason::code), rowsBelow("### Close reasons"));
    }

    @Test
    void everyReasonToDropAPacketIsNamed() {
        for (WireReason reason : WireReason.values()) {
            assertTrue(page.contains("`" + reason + "`"), reason.toString());
        }
    }

    private static <E> Map<String, Integer> codes(E[] values, Function<E, String> name, ToIntFunction<E> code) {
        return Arrays.stream(values).collect(Collectors.toMap(name, code::applyAsInt, (a, b) -> a, TreeMap::new));
    }

    private Map<String, Integer> rowsBelow(String heading) {
        int start = page.indexOf("\n" + heading + "\n") + heading.length() + 2;
        assertTrue(start > heading.length() + 2, heading);
        int end = page.indexOf("\n#", start);
        Map<String, Integer> rows = new TreeMap<>();
        page.substring(start, end < 0 ? page.length() : end).lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), Integer.valueOf(row.group(2)));
            }
        });
        return rows;
    }
}
