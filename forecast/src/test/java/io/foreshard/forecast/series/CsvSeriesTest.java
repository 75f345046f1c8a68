package io.foreshard.forecast.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSeriesTest {

    private static final double NONE = Double.NaN;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp,value\n2014-05-14 01:14:00,1\n2014-05-14 01:19:00,2\n",
                "2014-05-14T01:14:00Z,1\n2014-05-14T01:19:00Z,2",
                "2014-05-14T03:14:00+02:00;1\r\n2014-05-14T03:19:00+0200;2\r\n",
                "\ufefftime\tv\n2014-05-14 01:14\t1\n2014-05-14 01:19\t2\n",
                "# a note\n\n\"time\",\"value\"\n\"2014-05-14 01:14:00.000\",\"1\"\n\"2014-05-14 01:19:00\",2,extra\n",
                "t,v\n1400030040,1\n1400030340,2\n",
                "t,v\n1400030040000,1e0\n1400030340000, 2 \n",
                "1400030040000000,1\n1400030340000000,2\n",
                "1400030040.000,1\n1400030340.0,2\n",
            })
    void readsTheUsualForms(String text) throws IOException {
        RegularSeries series = read(CsvSeries.builder(), text).series();
        assertEquals(RegularSeries.of(Instant.parse("2014-05-14T01:14:00Z"), Duration.ofMinutes(5), 1, 2), series);
    }

    @Test
    void readsColumnsByTheirNames() throws IOException {
        String text = "id,requests,When\na,5,2020-01-01\nb,6,2020-01-02\nc,,2020-01-03\n";
        RegularSeries series = read(CsvSeries.builder().timeColumn("when").valueColumn("requests"), text)
                .series();
        assertEquals(RegularSeries.of(Instant.parse("2020-01-01T00:00:00Z"), Duration.ofDays(1), 5, 6, NONE), series);
    }

    @Test
    void takesTimesWithoutOffsetInTheGivenZone() throws IOException {
        RegularSeries series = read(
                        CsvSeries.builder().zone(ZoneId.of("America/New_York")),
                        "2014-07-01 00:00:00,1\n2014-07-01 00:30:00,2\n")
                .series();
        assertEquals(Instant.parse("2014-07-01T04:00:00Z"), series.start());
    }

    @Test
    void takesPlainNumbersInTheGivenUnit() throws IOException {
        RegularSeries series = read(CsvSeries.builder().epochUnit(TimeUnit.MILLISECONDS), "0,1\n250,2\n500,3\n")
                .series();
        assertEquals(Duration.ofMillis(250), series.step());
    }

    @Test
    void takesTheMarksOfMissingValues() throws IOException {
        RegularSeries series =
                read(CsvSeries.builder(), "0,1\n1,\n2,NaN\n3,NA\n4,null\n5,6\n").series();
        assertArrayEquals(new double[] {1, NONE, NONE, NONE, NONE, 6}, series.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "0,1\\n1,abc|f.csv:2: value: abc (expected: a number, or nothing for a missing sample)",
                "0,1\\nyesterday,2|f.csv:2: time: yesterday (expected: ISO 8601, yyyy-MM-dd HH:mm:ss, or seconds or milliseconds since the epoch)",
                "t,v\\n0|f.csv:2: value: absent (expected: in column 2, found 1 columns)",
                "0,1\\n99999999999999999,2|f.csv:2: time: 99999999999999999 (expected: a time in the years 1824 to 2116, numbers being SECONDS since the epoch)",
                "9999-12-31,1|f.csv:1: time: 9999-12-31 (expected: a time in the years 1824 to 2116)",
                "t,v\\n|f.csv: no samples after the header (expected: at least 1)",
                "^^|f.csv: empty (expected: samples)",
                "0,1|f.csv: step: cannot be inferred from one time (expected: at least 2 distinct times, or a given step)",
            })
    void namesFileAndLineAndWhatWasExpected(String text, String message) {
        String lines = text == null ? "" : text.replace("\\n", "\n");
        assertEquals(
                message,
                assertThrows(SeriesFormatException.class, () -> read(CsvSeries.builder(), lines))
                        .getMessage());
    }

    @Test
    void namesTheColumnsThatThereAreWhenOneIsAbsent() {
        SeriesFormatException failure = assertThrows(
                SeriesFormatException.class,
                () -> read(CsvSeries.builder().valueColumn("bytes"), "time,requests\n0,1\n"));
        assertEquals("f.csv:1: no column bytes (expected: one of time, requests)", failure.getMessage());
        assertEquals(1, failure.line());
    }

    @Test
    void refusesALineWithoutEnd() {
        byte[] endless = new byte[1 << 20];
        Arrays.fill(endless, (byte) '7');
        SeriesFormatException failure = assertThrows(SeriesFormatException.class, () -> readBytes(endless));
        assertTrue(failure.getMessage().startsWith("f.csv:1: longer than 65536 bytes"), failure.getMessage());
    }

    @Test
    void readsGzipWhateverItsName() throws IOException {
        assertEquals(2, readBytes(gzip("0,1\n1,2\n")).series().length());
    }

    @Test
    void saysThatGzipIsCutOrBroken() throws IOException {
        byte[] whole = gzip("time,value\n0,1\n1,2\n");
        byte[] broken = whole.clone();
        broken[10] = 0x7f;
        byte[] header = {0x1f, (byte) 0x8b, 0};
        assertThrows(IOException.class, () -> readBytes(Arrays.copyOf(whole, whole.length - 6)));
        assertThrows(SeriesFormatException.class, () -> readBytes(broken));
        assertThrows(SeriesFormatException.class, () -> readBytes(header));
    }

    @Test
    void anythingEitherReadsOrFailsWithAnIoException() {
        Property.named("hostile files fail cleanly").runs(400).maxSize(200).check((random, size) -> {
            byte[] bytes = random.bytes(size);
            byte[] alphabet = "0123456789-:,. TZ\n\"eN;".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < bytes.length && random.chance(0.99); i++) {
                bytes[i] = alphabet[(bytes[i] & 0xff) % alphabet.length];
            }
            try {
                readBytes(bytes);
            } catch (IOException expected) {
                assertTrue(expected.getMessage().contains("f.csv"), expected.getMessage());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "series/nab/cpu_utilization_asg_misconfiguration.csv.gz, 300, 18050, 0, 0",
        "series/nab/ec2_cpu_utilization_5f5533.csv.gz, 300, 4032, 0, 0",
        "series/nab/ec2_disk_write_bytes_1ef3de.csv.gz, 300, 4730, 11, 11",
        "series/nab/ec2_network_in_257a54.csv.gz, 300, 4034, 2, 0",
        "series/nab/elb_request_count_8c0756.csv.gz, 300, 4040, 8, 0",
        "series/nab/nyc_taxi.csv.gz, 1800, 10320, 0, 0",
        "series/nab/rds_cpu_utilization_cc0c53.csv.gz, 300, 4033, 1, 0",
        "series/net/worldcup98_requests_per_minute.csv.gz, 60, 125310, 10, 0",
        "churn/vm_arrivals_5min.csv.gz, 300, 6999, 0, 0",
    })
    void readsTheSharedSeries(String name, int stepSeconds, int length, int missing, int duplicates)
            throws IOException {
        GriddedSeries gridded = CsvSeries.readFile(SharedData.file(name));
        assertEquals(Duration.ofSeconds(stepSeconds), gridded.series().step());
        assertEquals(length, gridded.series().length());
        assertEquals(missing, gridded.report().missingSteps());
        assertEquals(duplicates, gridded.report().duplicates());
    }

    private static GriddedSeries read(CsvSeries.Builder builder, String text) throws IOException {
        return builder.build().read("f.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static GriddedSeries readBytes(byte[] bytes) throws IOException {
        return CsvSeries.builder().build().read("f.csv", new ByteArrayInputStream(bytes));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
