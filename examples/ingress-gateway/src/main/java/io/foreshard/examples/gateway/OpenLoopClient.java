package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/**
 * Sends small requests when they are due, whether or not earlier ones are answered, and times them from then: a client that waits for an
 * answer before it asks again would not see how bad it is.
 */
final class OpenLoopClient {

    private final HttpClient client;
    private final HttpRequest request;
    private final byte[] expected = Content.item();
    private final List<Answer> answers = new ArrayList<>();
    private final Phaser open = new Phaser(1);

    OpenLoopClient(HttpClient client, URI item) {
        this.client = client;
        this.request = HttpRequest.newBuilder(item)
                .timeout(Duration.ofSeconds(Scenario.PATIENCE_SECONDS))
                .build();
    }

    /** Returns when requests are due, in seconds: a Poisson process, the same for the same seed. */
    static double[] arrivals(double perSecond, double seconds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] due = new double[(int) (perSecond * seconds * 2) + 16];
        int count = 0;
        double at = -Math.log1p(-random.nextDouble()) / perSecond;
        while (at < seconds && count < due.length) {
            due[count++] = at;
            at -= Math.log1p(-random.nextDouble()) / perSecond;
        }
        return Arrays.copyOf(due, count);
    }

    /** Sends all, and returns when each is answered or given up. */
    void run(double[] dueSeconds, long startNanos) throws IOException {
        for (double due : dueSeconds) {
            Pause.until(startNanos + (long) (due * 1e9));
            send(due, startNanos);
        }
        open.arriveAndAwaitAdvance();
    }

    private void send(double due, long startNanos) {
        open.register();
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> {
            double seconds = (System.nanoTime() - startNanos) / 1e9 - due;
            add(new Answer(due, seconds, outcome(answer)));
            open.arriveAndDeregister();
        });
    }

    private Answer.Outcome outcome(@Nullable HttpResponse<byte[]> answer) {
        if (answer == null) {
            return Answer.Outcome.NONE;
        }
        boolean whole = answer.statusCode() == 200 && Arrays.equals(answer.body(), expected);
        return whole ? Answer.Outcome.WHOLE : Answer.Outcome.DAMAGED;
    }

    private synchronized void add(Answer answer) {
        answers.add(answer);
    }

    /** Returns what became of the requests, in the order in which they were due. */
    synchronized List<Answer> answers() {
        return answers.stream()
                .sorted(Comparator.comparingDouble(Answer::dueSeconds))
                .toList();
    }
}
