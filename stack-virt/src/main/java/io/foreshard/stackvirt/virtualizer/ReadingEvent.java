package io.foreshard.stackvirt.virtualizer;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What a running stack did in a second. */
@Name("io.foreshard.StackReading")
@Label("Stack Reading")
@Description("What a running protocol stack used and answered")
@Category("Foreshard")
@StackTrace(false)
final class ReadingEvent extends Event {

    @Label("Stack")
    String stack = "";

    @Label("Processors")
    double cpus;

    @Label("Throttled")
    @Percentage
    double throttled;

    @Label("Memory")
    @DataAmount
    long memory;

    @Label("In Flight")
    int inFlight;

    @Label("Replies per Second")
    double repliesPerSecond;

    @Label("Latency")
    @Timespan
    long latency;

    static void emit(StackReading reading) {
        ReadingEvent event = new ReadingEvent();
        if (event.shouldCommit()) {
            event.stack = reading.id().toString();
            event.cpus = reading.cpus();
            event.throttled = reading.throttled();
            event.memory = reading.memoryBytes();
            event.inFlight = reading.inFlight();
            event.repliesPerSecond = reading.repliesPerSecond();
            event.latency = reading.latencyNanos();
            event.commit();
        }
    }
}
