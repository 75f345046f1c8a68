package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.warm.Holders.Holder;
import io.foreshard.addrsharding.warm.Holders.Stage;
import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of addresses between their pool and who has them, as it is recorded. Guarded by the pool's lock. */
final class Handovers {

    private final String subdivision;
    private final WarmShards shards;
    private final IdlePlaces idle;
    private final Holders holders;

    Handovers(String subdivision, WarmShards shards, IdlePlaces idle, Holders holders) {
        this.subdivision = subdivision;
        this.shards = shards;
        this.idle = idle;
        this.holders = holders;
    }

    void recorded(Allocation address) {
        Holder holder = holders.find(address, Stage.GIVING);
        if (holder != null) {
            holder.stage = Stage.HELD;
        }
    }

    /** Takes back what was handed out, as if it had never been. */
    void takeBack(Allocation address, @Nullable PlaceQueue to) {
        Holder holder = holders.find(address, Stage.GIVING);
        if (holder != null) {
            shards.at(holder.place).undo(WarmShards.slot(holder.place), holder.before);
            holders.remove(address.handle());
            if (to != null) {
                idle.add(holder.place, to);
            }
        }
    }

    /** Returns whether somebody has it, and now gives it back. */
    boolean release(Allocation address) {
        Holder holder = holders.find(address, Stage.HELD);
        if (holder != null) {
            holder.stage = Stage.RELEASING;
        }
        return holder != null;
    }

    void released(Allocation address) {
        Holder holder = holders.get(address.handle());
        if (holder != null && holder.stage == Stage.RELEASING) {
            holders.remove(address.handle());
            idle.release(holder.place, address.sinceMillis());
        }
    }

    void undoRelease(Allocation address) {
        Holder holder = holders.get(address.handle());
        if (holder != null && holder.stage == Stage.RELEASING) {
            holder.stage = Stage.HELD;
        }
    }

    void restore(Allocation address) {
        int place = shards.growTo(address.prefix());
        Checks.require(place != PlaceQueue.NONE, "address", address.prefix(), "of a shard of " + subdivision);
        shards.at(place).sequence[WarmShards.slot(place)] = address.sequence();
        if (address.status() == AllocationStatus.CONFIRMED) {
            shards.at(place).out++;
            Holder other = holders.put(address.handle(), place, Stage.HELD);
            Checks.require(other == null, "handle", address.handle(), "one address each");
        } else {
            idle.restore(place, address.sinceMillis());
        }
    }

    /** Returns the addresses that handles have, as far as they have one for good. */
    List<Allocation> held(List<String> handles, long nowMillis) {
        List<Allocation> held = new ArrayList<>();
        for (String handle : handles) {
            Holder holder = holders.get(handle);
            if (holder != null && holder.stage == Stage.HELD) {
                WarmShard shard = shards.at(holder.place);
                int slot = WarmShards.slot(holder.place);
                held.add(shard.allocation(
                        slot, subdivision, handle, AllocationStatus.CONFIRMED, shard.sequence[slot], nowMillis));
            }
        }
        return held;
    }
}
