package io.foreshard.telemetry.node;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Does not read a body at all, which costs the connection and nothing else. */
final class RefusedBody implements HttpResponse.BodySubscriber<String> {

    private final CompletableFuture<String> failed;

    RefusedBody(Throwable why) {
        failed = CompletableFuture.failedFuture(why);
    }

    @Override
    public CompletionStage<String> getBody() {
        return failed;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
}
