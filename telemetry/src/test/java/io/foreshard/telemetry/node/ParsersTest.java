package io.foreshard.telemetry.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import io.foreshard.telemetry.TelemetryReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsersTest {

    private static final String ANSWER = """
            {"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"b"},"value":[1435781451.781,"%s"]}]}}
            """;

    @Test
    void aPageIsReadLineByLine() {
        List<String> seen = new ArrayList<>();
        String page =
                "# HELP m x\nm 1\n  m2{} 2 1395066363000 \nm3{a=\"b c\",d=\"e\\\"\\\\n\\n\",} -1.5e+03\nm4 +Inf\r\nm5 NaN\n\nbad\nm{a=} 1\n";
        int malformed = Exposition.read(
                page,
                (metric, labels, value) ->
                        seen.add(metric + "/" + labels.get("a") + "/" + labels.get("d") + "/" + value));
        assertEquals(
                List.of(
                        "m/null/null/1.0",
                        "m2/null/null/2.0",
                        "m3/b c/e\"\\n\n/-1500.0",
                        "m4/null/null/Infinity",
                        "m5/null/null/NaN"),
                seen);
        assertEquals(2, malformed);
    }

    @Test
    void processorsThatAreIdleAreNotTakenForACounterThatWentBack() {
        Property.named("idle").runs(500).check((random, size) -> {
            StringBuilder before = new StringBuilder();
            StringBuilder after = new StringBuilder();
            for (int cpu = 0; cpu < 8; cpu++) {
                for (String mode : List.of("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user")) {
                    int hundredths = random.nextInt(1_000_000_000);
                    String name = "node_cpu_seconds_total{cpu=\"" + cpu + "\",mode=\"" + mode + "\"} ";
                    before.append(name).append(hundredths / 100.0).append('\n');
                    after.append(name)
                            .append((mode.equals("idle") ? hundredths + 97 : hundredths) / 100.0)
                            .append('\n');
                }
            }
            NodeCounters first =
                    ExporterPage.read(before.toString(), device -> true).counters();
            NodeCounters second =
                    ExporterPage.read(after.toString(), device -> true).counters();
            assertEquals(first.cpuBusySeconds(), second.cpuBusySeconds());
            assertEquals(8 * 0.97, second.cpuTotalSeconds() - first.cpuTotalSeconds(), 1e-6);
        });
    }

    @Test
    void whatIsWrittenInTheFormatIsRead() {
        Property.named("any labels and values come back").check((random, size) -> {
            Map<String, String> labels = new LinkedHashMap<>();
            for (int i = 0; i < size % 60; i++) {
                labels.put("l" + i, text(random, size));
            }
            double value = random.nextInt(5) == 0 ? Double.NEGATIVE_INFINITY : random.nextGaussian() * 1e18;
            StringBuilder line = new StringBuilder("some:metric_1{");
            labels.forEach((name, label) -> line.append(name)
                    .append("=\"")
                    .append(label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append("\","));
            line.append("} ")
                    .append(Double.isInfinite(value) ? "-Inf" : Double.toString(value))
                    .append('\n');
            int[] seen = new int[1];
            assertEquals(0, Exposition.read(line.toString(), (metric, read, number) -> {
                assertEquals("some:metric_1", metric);
                assertEquals(value, number);
                labels.forEach((name, label) -> assertEquals(label, read.get(name)));
                seen[0]++;
            }));
            assertEquals(1, seen[0]);
        });
    }

    @Test
    void aLineWithoutAnEndCostsNoMoreThanOneLook() {
        assertEquals(1, Exposition.read("m".repeat(1 << 20), (metric, labels, value) -> {}));
        assertEquals(1, Exposition.read("m{" + "a=\"b\",".repeat(100) + "} 1", (metric, labels, value) -> {}));
    }

    @Test
    void mutatedPagesAndAnswersNeverThrowAnythingElse() {
        Property.named("mutated text is read or refused").runs(3000).maxSize(30).check((random, size) -> {
            String page = mutated(
                    "node_cpu_seconds_total{cpu=\"0\",mode=\"idle\"} 1e3 12\nnode_time_seconds 7\n", random, size);
            ExporterPage.read(page, device -> true);
            try {
                PromAnswer.value(mutated(ANSWER.formatted("0.25"), random, size));
            } catch (AnswerException refused) {
                assertTrue(refused.reason() != TelemetryReason.UNREACHABLE);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m{a=\"x",
                "m{a=\"x\\",
                "m{\n{}\n}\nm}\nm{,}\nm{a=1} 2\n",
                "m 0x1p3\nm 1d\nm --1\nm 1 x\nm 1 2 3\nm Infinity\nm nan\n",
                "\u0000\uffff\ufffe m 1",
                "<html><body>It works!</body></html>",
            })
    void oddPagesHoldNoSample(String page) {
        int malformed =
                Exposition.read(page, (metric, labels, value) -> fail(metric + " " + value + " was read from " + page));
        assertEquals(page.lines().count(), malformed);
    }

    @Test
    void numbersThatOverflowAreReadAsGoReadsThem() {
        List<Double> seen = new ArrayList<>();
        assertEquals(
                0, Exposition.read("m 1e999\nm -1e-999\nm .5\nm 5.\n", (metric, labels, value) -> seen.add(value)));
        assertEquals(List.of(Double.POSITIVE_INFINITY, -0.0, 0.5, 5.0), seen);
    }

    @Test
    void onlyOneValueIsAnAnswer() throws AnswerException {
        assertEquals(0.25, PromAnswer.value(ANSWER.formatted("0.25")));
        assertTrue(Double.isNaN(PromAnswer.value(ANSWER.formatted("NaN"))));
        assertEquals(
                3,
                PromAnswer.value("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"3\"]}}"));
        assertEquals(TelemetryReason.MISSING_FACT, refusal(vector("")));
        assertEquals(TelemetryReason.AMBIGUOUS, refusal(vector("{\"value\":[1,\"1\"]},{\"value\":[1,\"2\"]}")));
        assertEquals(TelemetryReason.BAD_STATUS, refusal("{\"status\":\"error\",\"error\":\"no\"}"));
        assertEquals(TelemetryReason.MALFORMED, refusal(ANSWER.formatted("many")));
        assertEquals(TelemetryReason.MALFORMED, refusal("[".repeat(100_000)));
        assertEquals(TelemetryReason.MALFORMED, refusal(ANSWER.formatted("1") + "x"));
        assertEquals(TelemetryReason.MALFORMED, refusal("{}"));
        assertEquals(TelemetryReason.MALFORMED, refusal(""));
    }

    @Test
    void jsonComesBackAsItWasWritten() {
        Property.named("JSON round trip").maxSize(40).check((random, size) -> {
            Object value = json(random, size, 0);
            assertEquals(value, Json.read(written(value)));
        });
    }

    private static TelemetryReason refusal(String text) {
        return assertThrows(AnswerException.class, () -> PromAnswer.value(text)).reason();
    }

    private static String vector(String result) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + result + "]}}";
    }

    private static Object json(SeededRandom random, int size, int depth) {
        int kind = random.nextInt(depth > 5 ? 4 : 6);
        if (kind == 4) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                list.add(json(random, size, depth + 1));
            }
            return list;
        }
        if (kind == 5) {
            Map<String, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put(text(random, size), json(random, size, depth + 1));
            }
            return map;
        }
        return Arrays.asList(null, true, random.nextGaussian(), text(random, size))
                .get(kind);
    }

    private static String written(Object value) {
        if (value instanceof List<?> list) {
            return "["
                    + String.join(" , ", list.stream().map(ParsersTest::written).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            return "{"
                    + String.join(
                            ",",
                            map.entrySet().stream()
                                    .map(entry -> written(entry.getKey()) + " :\n" + written(entry.getValue()))
                                    .toList())
                    + "}";
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars()
                .forEach(c -> quoted.append(
                        c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return quoted.append('"').toString();
    }

    private static String text(SeededRandom random, int size) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(size + 1); i > 0; i--) {
            text.append("ab\\\"\n{}=, \u00e9".charAt(random.nextInt(11)));
        }
        return text.toString();
    }

    private static String mutated(String text, SeededRandom random, int size) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(size + 1); i > 0; i--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, (char) random.nextInt(128));
                case 1 -> mutated.deleteCharAt(at);
                case 2 -> mutated.insert(at, text.charAt(random.nextInt(text.length())));
                default -> mutated.setLength(Math.max(1, at));
            }
            if (mutated.isEmpty()) {
                mutated.append('x');
            }
        }
        return mutated.toString();
    }
}
