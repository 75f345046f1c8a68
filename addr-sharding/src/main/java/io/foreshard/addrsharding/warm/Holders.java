package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.spi.Allocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has which address, and whether that is recorded. Guarded by the pool's lock. */
final class Holders {

    private final WarmShards shards;
    private final Map<String, Holder> byHandle = new HashMap<>();

    Holders(WarmShards shards) {
        this.shards = shards;
    }

    @Nullable
    Holder get(String handle) {
        return byHandle.get(handle);
    }

    /** Returns who has an address as it was handed out, if it is at a stage. */
    @Nullable
    Holder find(Allocation address, Stage stage) {
        Holder holder = byHandle.get(address.handle());
        boolean isIt = holder != null
                && holder.stage == stage
                && shards.address(holder.place).equals(address.prefix())
                && shards.at(holder.place).sequence[WarmShards.slot(holder.place)] == address.sequence();
        return isIt ? holder : null;
    }

    /** Returns who had the handle before. */
    @Nullable
    Holder put(String handle, int place, Stage stage) {
        Holder holder = new Holder(place, shards.at(place).sequence[WarmShards.slot(place)]);
        holder.stage = stage;
        return byHandle.put(handle, holder);
    }

    void remove(String handle) {
        byHandle.remove(handle);
    }

    List<String> handles() {
        return new ArrayList<>(byHandle.keySet());
    }

    int size() {
        return byHandle.size();
    }

    enum Stage {
        GIVING,
        HELD,
        RELEASING
    }

    static final class Holder {

        final int place;
        /** The sequence of the address before it was handed out. */
        final long before;

        Stage stage = Stage.GIVING;

        private Holder(int place, long before) {
            this.place = place;
            this.before = before;
        }
    }
}
