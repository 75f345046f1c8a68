package io.foreshard.telemetry.recorder;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfLoad;
import io.foreshard.telemetry.recorder.TelemetryRecord.OfPath;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file: time, kind, destination, three facts, confidence, with nothing where a fact is not known. Numbers are written so
 * that reading gives the same bits. Stateless, any thread.
 */
final class RecordFormat {

    static final String HEADER =
            "epochNanos,kind,destination,latencyNanos|cpu,bytesPerSecond|memory,loss|network,confidence";

    static final int LONGEST_LINE = 512;
    private static final int COLUMNS = 7;
    private static final int LONGEST_DESTINATION = 128;
    private static final String PATH = "path";
    private static final String LOAD = "load";
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\x21-\\x2b\\x2d-\\x7e]");

    private RecordFormat() {}

    static String line(TelemetryRecord observation) {
        if (observation instanceof OfPath path) {
            PathSample sample = path.sample();
            String latency = sample.hasLatency() ? Long.toString(sample.latencyNanos()) : "";
            return line(
                    path,
                    PATH,
                    latency,
                    number(sample.bandwidthBytesPerSecond()),
                    number(sample.lossRatio()),
                    sample.confidence());
        }
        NodeLoad load = ((OfLoad) observation).load();
        return line(
                observation,
                LOAD,
                number(load.cpu()),
                number(load.memory()),
                number(load.network()),
                load.confidence());
    }

    /** Returns what a line says, or null if it is no line of ours: cut off in a crash, or from somebody else. */
    static @Nullable TelemetryRecord read(String line) {
        String[] columns = line.length() > LONGEST_LINE ? new String[0] : line.split(",", -1);
        if (columns.length != COLUMNS) {
            return null;
        }
        try {
            return record(Long.parseLong(columns[0]), columns);
        } catch (IllegalArgumentException unreadable) {
            // No number, or one outside its range.
            return null;
        }
    }

    /** Returns the text of a destination, made fit for a column. */
    static String text(Object destination) {
        String text = destination instanceof InetSocketAddress inet && inet.getAddress() != null
                ? literal(inet.getAddress()) + ":" + inet.getPort()
                : destination.toString();
        String plain = NOT_PLAIN.matcher(text).replaceAll("_");
        return plain.length() <= LONGEST_DESTINATION ? plain : plain.substring(0, LONGEST_DESTINATION);
    }

    private static String literal(InetAddress address) {
        String literal = NetUtil.toAddressString(address);
        return address instanceof Inet6Address ? "[" + literal + "]" : literal;
    }

    private static String line(
            TelemetryRecord observation, String kind, String one, String two, String three, double confidence) {
        return String.join(
                ",",
                Long.toString(observation.epochNanos()),
                kind,
                observation.destination(),
                one,
                two,
                three,
                number(confidence));
    }

    private static @Nullable TelemetryRecord record(long epochNanos, String[] columns) {
        String destination = columns[2];
        double confidence = Double.parseDouble(columns[6]);
        return switch (columns[1]) {
            case PATH ->
                new OfPath(
                        epochNanos,
                        destination,
                        new PathSample(
                                columns[3].isEmpty() ? PathSample.UNKNOWN_LATENCY : Long.parseLong(columns[3]),
                                fact(columns[4]),
                                fact(columns[5]),
                                0,
                                confidence));
            case LOAD ->
                new OfLoad(
                        epochNanos,
                        destination,
                        new NodeLoad(fact(columns[3]), fact(columns[4]), fact(columns[5]), 0, confidence));
            default -> null;
        };
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    private static double fact(String column) {
        return column.isEmpty() ? Double.NaN : Double.parseDouble(column);
    }
}
