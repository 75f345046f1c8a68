package io.foreshard.flowsharder.spi;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps the shard maps of sessions, for whoever takes over. The data plane never waits for it: when it fails, maps are frozen and traffic
 * goes on. Any thread.
 */
public interface ShardMapStore {

    /**
     * Reads a map.
     *
     * @param session the key of the session
     * @return the newest map, {@link ShardMap#EMPTY} where there is none; fails where the store cannot be reached
     */
    CompletionStage<ShardMap> read(long session);

    /**
     * Stores a map if none but the expected one is stored.
     *
     * @param session the key of the session
     * @param expectedVersion the version that is to be replaced, 0 for none
     * @param map of a higher version
     * @return what became of it; fails where the store cannot be reached, and then it may be stored or not
     * @throws IllegalArgumentException if the map's version is not above the expected one
     */
    CompletionStage<PutOutcome> put(long session, long expectedVersion, ShardMap map);

    /**
     * Forgets a map, and all who watch it.
     *
     * @param session the key of the session
     * @return done when it is gone, or was not there
     */
    CompletionStage<Void> remove(long session);

    /**
     * Tells of each change from now on, in order of versions; may leave out all but the newest. What the listener throws is ignored.
     *
     * @param session the key of the session
     * @param listener takes maps on a thread of the store, must not block
     * @return ends it when closed
     */
    Watch watch(long session, Consumer<ShardMap> listener);

    /** A listener that is told of changes. */
    interface Watch extends AutoCloseable {

        /** Ends it; no change is told after the return but one that is under way. Again without effect. */
        @Override
        void close();
    }
}
