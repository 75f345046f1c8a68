package io.foreshard.transport;

import io.foreshard.coreapi.PathOutlook;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What was observed of a path in a planning interval, and what is expected of it. */
@Name("io.foreshard.PathOutlook")
@Label("Path Outlook")
@Description("What was observed of a path, and what is expected of it")
@Category("Foreshard")
@StackTrace(false)
final class PathOutlookEvent extends Event {

    @Label("Subject")
    @Description("The path, as its gate names it")
    String subject = "";

    @Label("Observed")
    @Description("Capacity in the interval that has ended, bytes per second; NaN when not known")
    double observed;

    @Label("Expected")
    @Description("Capacity expected at the horizon of decisions, bytes per second")
    double expected;

    @Label("Expected Low")
    @Description("Its 10 % quantile")
    double expectedLow;

    @Label("Expected High")
    @Description("Its 90 % quantile")
    double expectedHigh;

    @Label("Latency")
    @Timespan(Timespan.NANOSECONDS)
    long latency;

    @Label("Loss Ratio")
    @Percentage
    double lossRatio;

    @Label("Congestion Level")
    @Percentage
    double congestionLevel;

    @Label("Scaled Error")
    @Description("Error of the capacity forecasts in units of the naive forecast's; NaN when not known")
    double scaledError;

    /** Records an outlook; call only where an event of this type {@link #isEnabled()}, as it makes one. */
    static void emit(String subject, double observed, PathOutlook outlook, double scaledError) {
        PathOutlookEvent event = new PathOutlookEvent();
        if (event.shouldCommit()) {
            event.subject = subject;
            event.observed = observed;
            event.scaledError = scaledError;
            event.take(outlook);
            event.commit();
        }
    }

    private void take(PathOutlook outlook) {
        expected = outlook.bandwidthBytesPerSecond();
        expectedLow = outlook.bandwidthLowBytesPerSecond();
        expectedHigh = outlook.bandwidthHighBytesPerSecond();
        latency = outlook.latencyNanos();
        lossRatio = outlook.lossRatio();
        congestionLevel = outlook.congestionLevel();
    }
}
