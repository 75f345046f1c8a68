package io.foreshard.telemetry.node;

import io.foreshard.telemetry.TelemetryReason;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks over HTTP with a deadline for the whole answer and a bound on its length. Never blocks. */
final class HttpFetch {

    private static final int OK = 200;

    private final HttpClient client;
    private final EventExecutor timer;
    private final long timeoutNanos;
    private final int maxAnswerBytes;

    HttpFetch(HttpClient client, EventExecutor timer, long timeoutNanos, int maxAnswerBytes) {
        this.client = client;
        this.timer = timer;
        this.timeoutNanos = timeoutNanos;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /** Returns what becomes of a request: its text, or an exception. Stages that follow run on the client's executor. */
    CompletableFuture<String> fetch(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, this::handle);
        // The client's own time-out ends with the headers, and a body can drip for ever.
        Future<?> deadline = timer.schedule(() -> answer.cancel(true), timeoutNanos, TimeUnit.NANOSECONDS);
        return answer.whenComplete((response, failure) -> deadline.cancel(false))
                .thenApply(HttpResponse::body);
    }

    private HttpResponse.BodySubscriber<String> handle(HttpResponse.ResponseInfo info) {
        return info.statusCode() == OK
                ? new BoundedText(maxAnswerBytes)
                : new RefusedBody(new AnswerException(TelemetryReason.BAD_STATUS));
    }
}
