package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.BottleneckView;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What a control step of the shaper saw and decided. */
@Name("io.foreshard.ShaperStep")
@Label("Shaper Step")
@Description("What a control step saw of a bottleneck, and the rate that it decided on")
@Category("Foreshard")
@Enabled(false)
@StackTrace(false)
final class ShaperStepEvent extends Event {

    @Label("Bottleneck")
    String bottleneck = "";

    @Label("Queue Delay")
    @Timespan(Timespan.NANOSECONDS)
    long queueDelay;

    @Label("Loop Delay")
    @Timespan(Timespan.NANOSECONDS)
    long loopDelay;

    @Label("Capacity")
    @Description("Bytes per second")
    double capacity;

    @Label("Expected Capacity")
    @Description("Bytes per second, NaN without a forecast that is trusted")
    double expectedCapacity;

    @Label("Server Load")
    double serverLoad;

    @Label("Wanted Rate")
    @Description("Bytes per second that the calculator answered")
    double wantedRate;

    @Label("Rate")
    @Description("Bytes per second in force")
    double rate;

    @Label("Cause")
    String cause = "";

    @Label("Backlog")
    @DataAmount
    long backlog;

    @Label("Trial")
    String trial = "";

    static void emit(BottleneckView view, double wantedRate, BottleneckReport report) {
        ShaperStepEvent event = new ShaperStepEvent();
        if (!event.shouldCommit()) {
            return;
        }
        event.bottleneck = view.name();
        event.queueDelay = (long) view.queueDelayNanos();
        event.loopDelay = view.loopDelayNanos();
        event.capacity = view.capacityBytesPerSecond();
        event.expectedCapacity = view.expectedCapacityBytesPerSecond();
        event.serverLoad = view.serverLoad();
        event.wantedRate = wantedRate;
        event.rate = report.rateBytesPerSecond();
        event.cause = report.cause().name();
        event.backlog = report.backlogBytes();
        event.trial = report.trial().verdict().name();
        event.commit();
    }
}
