package io.foreshard.transport;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.spi.ShardPlan;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;

/** How a message is split, and what was expected of its path. */
@Name("io.foreshard.ShardPlan")
@Label("Shard Plan")
@Description("How a message is split, and what was expected of its path")
@Category("Foreshard")
@StackTrace(false)
final class ShardPlanEvent extends Event {

    @Label("Subject")
    @Description("The path, as its gate names it")
    String subject = "";

    @Label("Message")
    @DataAmount
    long messageBytes;

    @Label("Shard")
    @DataAmount
    int shardBytes;

    @Label("Shards")
    int shardCount;

    @Label("Tail Copies")
    int tailCopies;

    @Label("Pace")
    @Description("Bytes per second, 0 when the rate controller alone decides")
    long paceBytesPerSecond;

    @Label("Cause")
    String cause = "";

    @Label("Predictive")
    @Description("Whether forecasts decided")
    boolean predictive;

    @Label("Congestion Level")
    @Percentage
    double congestionLevel;

    @Label("Bandwidth Low")
    @Description("Bytes per second, 10 % quantile of the forecast")
    double bandwidthLow;

    @Label("Bandwidth")
    @Description("Bytes per second, mean of the forecast")
    double bandwidth;

    @Label("Bandwidth High")
    @Description("Bytes per second, 90 % quantile of the forecast")
    double bandwidthHigh;

    @Label("Loss Ratio")
    @Percentage
    double lossRatio;

    /** Records a decision; call only where an event of this type {@link #isEnabled()}, as it makes one. */
    static void emit(String subject, int messageBytes, ShardPlan plan, boolean predictive, PathOutlook outlook) {
        ShardPlanEvent event = new ShardPlanEvent();
        if (event.shouldCommit()) {
            event.subject = subject;
            event.predictive = predictive;
            event.messageBytes = messageBytes;
            event.take(plan);
            event.take(outlook);
            event.commit();
        }
    }

    private void take(ShardPlan plan) {
        long pace = plan.paceBytesPerSecond();
        shardBytes = plan.shardBytes();
        shardCount = plan.shardCount();
        tailCopies = plan.tailCopies();
        paceBytesPerSecond = pace == ShardPlan.UNPACED ? 0 : pace;
        cause = plan.cause().name();
    }

    private void take(PathOutlook outlook) {
        congestionLevel = outlook.congestionLevel();
        bandwidthLow = outlook.bandwidthLowBytesPerSecond();
        bandwidth = outlook.bandwidthBytesPerSecond();
        bandwidthHigh = outlook.bandwidthHighBytesPerSecond();
        lossRatio = outlook.lossRatio();
    }
}
