package io.foreshard.telemetry.node;

import io.foreshard.runtime.Checks;
import io.netty.util.concurrent.EventExecutor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the sources that ask over HTTP have in common. Not thread-safe.
 *
 * @param <B> the builder itself
 */
public abstract sealed class HttpTelemetryBuilder<B extends HttpTelemetryBuilder<B>> extends NodeTelemetryBuilder<B>
        permits ExporterTelemetryBuilder, PrometheusTelemetryBuilder {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final int FEWEST_BYTES = 1 << 10;
    private static final int MOST_BYTES = 1 << 28;

    private final HttpClient client;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private long timeoutNanos;
    private int maxAnswerBytes = 4 << 20;

    HttpTelemetryBuilder(HttpClient client, EventExecutor timer, Duration interval) {
        super(timer, interval);
        this.client = client;
    }

    /**
     * Sets how long a whole answer may take; by default the interval. What is not answered by then is given up.
     *
     * @param value 1 ms … 1 hour
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public B timeout(Duration value) {
        timeoutNanos = Checks.duration("timeout", value, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        return self();
    }

    /**
     * Sets the longest answer that is read; by default 4 MiB. At the first byte more the connection is given up.
     *
     * @param value 1 KiB … 256 MiB
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public B maxAnswerBytes(int value) {
        maxAnswerBytes = Checks.inRange("maxAnswerBytes", value, FEWEST_BYTES, MOST_BYTES);
        return self();
    }

    /**
     * Adds a header to each request, for instance {@code Authorization}.
     *
     * @param name the name
     * @param value the value
     * @return this
     * @throws IllegalArgumentException if HTTP or the client does not allow it
     */
    public B header(String name, String value) {
        HttpRequest.newBuilder().header(name, value);
        headers.put(name, value);
        return self();
    }

    @Override
    void check() {
        Checks.require(
                timeoutNanos <= intervalNanos(),
                "timeout",
                Duration.ofNanos(timeoutNanos),
                "at most the interval, " + Duration.ofNanos(intervalNanos()));
    }

    final HttpFetch fetch() {
        return new HttpFetch(client, timer(), timeoutNanos == 0 ? intervalNanos() : timeoutNanos, maxAnswerBytes);
    }

    /** Returns a request with our headers; HTTP/1.1, as exporters would only refuse the upgrade. */
    final HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).version(HttpClient.Version.HTTP_1_1);
        headers.forEach(request::header);
        return request;
    }

    static URI checked(String name, URI address) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "");
        boolean http = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
        Checks.require(http && address.getHost() != null, name, address, "http://host… or https://host…");
        return address;
    }
}
