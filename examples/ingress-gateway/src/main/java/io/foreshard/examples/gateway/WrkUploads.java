package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** wrk, the load generator, in a process of its own that ends by itself. */
final class WrkUploads implements Uploads {

    private static final int FILES = 16;
    private static final String SCRIPT = """
            wrk.method = "PUT"
            local bodies = {}
            for _, bytes in ipairs({%s}) do
              bodies[#bodies + 1] = string.rep("u", bytes)
            end
            local count = 0
            request = function()
              count = count + 1
              return wrk.format(nil, wrk.path .. count %% %d, nil, bodies[count %% #bodies + 1])
            end
            """;
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern BROKEN =
            Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern PERCENTILE = Pattern.compile("(50|90)%\\s+([\\d.]+)(us|ms|s|m)\\b");

    private final Process process;
    private final Path folder;
    private final int seconds;

    private WrkUploads(Process process, Path folder, int seconds) {
        this.process = process;
        this.folder = folder;
        this.seconds = seconds;
    }

    static Uploads start(Path wrk, URI target, int connections, int seconds, Cleanup cleanup) throws IOException {
        Path folder = Files.createTempDirectory("ingress-gateway-wrk");
        Path script = folder.resolve("upload.lua");
        Path said = folder.resolve("said");
        cleanup.add(() -> {
            Files.deleteIfExists(script);
            Files.deleteIfExists(said);
            Files.deleteIfExists(folder);
        });
        Files.writeString(script, SCRIPT.formatted(sizes(), FILES));
        Process process = new ProcessBuilder(
                        wrk.toString(),
                        "--threads",
                        "1",
                        "--connections",
                        Integer.toString(connections),
                        "--duration",
                        seconds + "s",
                        "--timeout",
                        "30s",
                        "--latency",
                        "--script",
                        script.toString(),
                        target.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        cleanup.add(() -> process.destroyForcibly().waitFor());
        return new WrkUploads(process, folder, seconds);
    }

    private static String sizes() {
        return Content.uploadBytes().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public Summary await() throws IOException {
        try {
            boolean ended = process.waitFor(seconds + 5L, TimeUnit.SECONDS);
            String said = Files.readString(folder.resolve("said"), StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new IOException("wrk: " + said.strip());
            }
            return parse(said);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Reads what wrk prints in the end. */
    static Summary parse(String said) throws IOException {
        Matcher requests = REQUESTS.matcher(said);
        if (!requests.find()) {
            throw new IOException("wrk: " + said.strip());
        }
        long answered = Long.parseLong(requests.group(1));
        long refused = sum(REFUSED.matcher(said));
        return new Summary(
                "wrk",
                answered - refused,
                refused + sum(BROKEN.matcher(said)),
                percentile(said, "50"),
                percentile(said, "90"));
    }

    private static long sum(Matcher numbers) {
        long sum = 0;
        if (numbers.find()) {
            for (int group = 1; group <= numbers.groupCount(); group++) {
                sum += Long.parseLong(numbers.group(group));
            }
        }
        return sum;
    }

    private static double percentile(String said, String wanted) {
        Matcher line = PERCENTILE.matcher(said);
        while (line.find()) {
            if (line.group(1).equals(wanted)) {
                return Double.parseDouble(line.group(2)) * secondsOf(line.group(3));
            }
        }
        return Double.NaN;
    }

    private static double secondsOf(String unit) {
        return switch (unit) {
            case "us" -> 1e-6;
            case "ms" -> 1e-3;
            case "m" -> 60;
            default -> 1;
        };
    }
}
