package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationListener;
import io.foreshard.addrsharding.spi.AllocationStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of changes. Any thread. */
final class Watches {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    /** Each is one of its own, also if the same listener is told twice. */
    private final class Watch implements AllocationStore.Watch {

        private final AllocationListener listener;

        Watch(AllocationListener listener) {
            this.listener = listener;
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }

    AllocationStore.Watch add(AllocationListener listener) {
        Watch watch = new Watch(listener);
        watches.add(watch);
        return watch;
    }

    void tell(AllocationChange change) {
        for (Watch watch : watches) {
            try {
                watch.listener.committed(change);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed at revision {}", change.revision(), e);
            }
        }
    }
}
