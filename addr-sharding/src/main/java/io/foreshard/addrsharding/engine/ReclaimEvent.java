package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;

/** An address was taken back of a machine that is gone. */
@Name("io.foreshard.AddressReclaim")
@Label("Address Reclaim")
@Description(
        "An address was taken back of a machine that the inventory did not know twice, a grace apart, and once more right before")
@Category("Foreshard")
@StackTrace(false)
final class ReclaimEvent extends Event {

    @Label("Address")
    String address = "";

    @Label("Subdivision")
    String subdivision = "";

    @Label("Handle")
    String handle = "";

    @Label("Sequence")
    long sequence;

    @Label("Missing In Inventory Of")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long missingMillis;

    static void emit(Allocation released, long missingMillis) {
        ReclaimEvent event = new ReclaimEvent();
        if (event.shouldCommit()) {
            event.address = released.prefix().toString();
            event.subdivision = released.subdivision();
            event.handle = released.handle();
            event.sequence = released.sequence();
            event.missingMillis = missingMillis;
            event.commit();
        }
    }
}
