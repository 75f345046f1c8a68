package io.foreshard.stackvirt.mux;

import io.foreshard.runtime.KeyedLongMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which key goes to which stack: a bounded table. Of the keys that have nothing under way, the one unused longest is forgotten first. */
final class Bindings {

    private final int limit;
    private final KeyedLongMap<Binding> byKey;
    private @Nullable Binding oldestIdle;
    private @Nullable Binding newestIdle;

    Bindings(int limit, long key0, long key1) {
        this.limit = limit;
        this.byKey = new KeyedLongMap<>(key0, key1, 0);
    }

    int size() {
        return byKey.size();
    }

    @Nullable
    Binding get(long key) {
        return byKey.get(key);
    }

    /** Returns whether a new key could be bound now. */
    boolean hasRoom() {
        return byKey.size() < limit || oldestIdle != null;
    }

    /** Binds a key that is not bound; returns null if all keys have messages under way. */
    @Nullable
    Binding bind(long key, Seat seat) {
        if (byKey.size() == limit) {
            if (oldestIdle == null) {
                return null;
            }
            remove(oldestIdle);
        }
        Binding binding = new Binding(key, seat);
        byKey.put(key, binding);
        addIdle(binding);
        return binding;
    }

    void remove(Binding binding) {
        byKey.remove(binding.key);
        if (binding.underWay == 0) {
            removeIdle(binding);
        }
    }

    /** Forgets the keys of a stack; returns how many there were. */
    int removeAll(Seat seat) {
        List<Binding> all = new ArrayList<>();
        byKey.forEach((key, binding) -> {
            if (binding.seat == seat) {
                all.add(binding);
            }
        });
        all.forEach(this::remove);
        return all.size();
    }

    /** A message goes to the stack or waits for it. */
    void begin(Exchange exchange, Binding binding) {
        if (binding.underWay++ == 0) {
            removeIdle(binding);
        }
        exchange.binding = binding;
    }

    /** It was answered, or nobody waits for it any more, or it goes elsewhere. */
    void end(Exchange exchange) {
        Binding binding = exchange.binding;
        exchange.binding = null;
        if (binding != null && --binding.underWay == 0 && byKey.get(binding.key) == binding) {
            addIdle(binding);
        }
    }

    private void addIdle(Binding binding) {
        binding.older = newestIdle;
        binding.newer = null;
        if (newestIdle == null) {
            oldestIdle = binding;
        } else {
            newestIdle.newer = binding;
        }
        newestIdle = binding;
    }

    private void removeIdle(Binding binding) {
        Binding older = binding.older;
        Binding newer = binding.newer;
        if (older == null) {
            oldestIdle = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newestIdle = older;
        } else {
            newer.older = older;
        }
        binding.older = null;
        binding.newer = null;
    }
}
