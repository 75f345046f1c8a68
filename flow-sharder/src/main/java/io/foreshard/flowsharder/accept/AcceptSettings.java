package io.foreshard.flowsharder.accept;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.edge.Ingress;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** What an acceptor was told. */
record AcceptSettings(
        Ingress ingress,
        @Nullable BiPredicate<String, String> credentials,
        long timeoutNanos,
        int requestBytes,
        int mostWaiting,
        EngineObserver observer) {

    /** Returns whether a client may ask for targets. */
    boolean knows(String user, String password) {
        return credentials == null || credentials.test(user, password);
    }
}
