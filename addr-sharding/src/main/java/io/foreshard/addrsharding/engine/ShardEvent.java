package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A step in the life of an address shard is recorded. */
@Name("io.foreshard.AddressShard")
@Label("Address Shard")
@Description("An address shard has another status from now on, as recorded")
@Category("Foreshard")
@StackTrace(false)
final class ShardEvent extends Event {

    @Label("Prefix")
    String prefix = "";

    @Label("Subdivision")
    String subdivision = "";

    @Label("Status")
    String status = "";

    @Label("Sequence")
    long sequence;

    static void emit(Allocation recorded) {
        ShardEvent event = new ShardEvent();
        if (event.shouldCommit()) {
            event.prefix = recorded.prefix().toString();
            event.subdivision = recorded.subdivision();
            event.status = recorded.status().name();
            event.sequence = recorded.sequence();
            event.commit();
        }
    }
}
