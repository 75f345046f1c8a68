package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.AddressFamily;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Knows which machines there are, so that addresses of those that are gone without a word can be reclaimed. */
@FunctionalInterface
public interface MachineInventory {

    /**
     * Asks for the machines of a subdivision. Must not block. If it fails, or what comes is old, nothing is reclaimed.
     *
     * @param subdivision whose machines
     * @param family of the addresses that they have
     */
    CompletionStage<Machines> machines(String subdivision, AddressFamily family);

    /**
     * The machines that there were at a time. Whoever is not among them, again after the grace and once more right before, loses the
     * address; so machines that are just being made have to be among them.
     *
     * @param asOfMillis when that was looked at, by the clock that the engine is handed, in milliseconds since 1970
     * @param handles of all of them, as they ask for addresses; must not change
     */
    record Machines(long asOfMillis, Set<String> handles) {}
}
