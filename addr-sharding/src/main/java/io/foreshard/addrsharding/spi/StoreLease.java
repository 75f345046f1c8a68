package io.foreshard.addrsharding.spi;

import java.util.concurrent.CompletionStage;

/** The right to append to a store. A store that is shared by a network renews it; an embedded one holds a lock on a file. */
public interface StoreLease {

    /** Returns who holds it, as others see it. */
    String holder();

    /** Returns whether it is held. Any thread. */
    boolean isHeld();

    /** Returns a stage that completes with the reason when the lease has ended, by loss or by {@link AllocationStore#close()}. */
    CompletionStage<StoreFailure> ended();
}
