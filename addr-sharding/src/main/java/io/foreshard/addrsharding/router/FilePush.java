package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterDialect;
import io.foreshard.addrsharding.spi.RouterPush;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Replaces a file, which something else brings to the router. Whoever reads the file finds all of the old plan or all of the new. It is on
 * the disk, and so is its name, before the outcome is {@link PushOutcome.Applied}.
 */
public final class FilePush implements RouterPush {

    private final RouterDialect dialect;
    private final AtomicFile file;
    private final OneByOne work;

    /**
     * Replaces a file.
     *
     * @param dialect the language of it
     * @param file its path, of letters, digits and {@code _./-}
     * @param executor runs what blocks
     * @throws IllegalArgumentException if the path has other characters
     */
    public FilePush(RouterDialect dialect, Path file, Executor executor) {
        this.dialect = dialect;
        this.file = new AtomicFile(file);
        work = new OneByOne(executor);
    }

    @Override
    public CompletionStage<PushOutcome> push(RoutePlan plan) {
        return work.later(() -> replace(plan), reason -> new PushOutcome.Refused(List.of(reason)));
    }

    private PushOutcome replace(RoutePlan plan) {
        try {
            file.writeCandidate(dialect.render(plan).text());
            file.replace();
            return new PushOutcome.Applied();
        } catch (IOException failure) {
            file.discardCandidate();
            return new PushOutcome.Refused(List.of(failure.toString()));
        }
    }
}
