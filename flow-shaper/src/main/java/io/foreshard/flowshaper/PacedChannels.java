package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.DelayMechanism;
import io.netty.channel.Channel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of one bottleneck on one loop whose packets wait beneath: they share the loop's lease by their weights. */
final class PacedChannels {

    private static final Logger LOG = LoggerFactory.getLogger(PacedChannels.class);

    private final Map<Channel, Pacing> channels = new LinkedHashMap<>();
    private double rate = DelayCalculator.UNLIMITED;

    private record Pacing(DelayMechanism mechanism, double weight) {}

    void add(Channel channel, DelayMechanism mechanism, double weight) {
        channels.put(channel, new Pacing(mechanism, weight));
        paceAll();
    }

    /** Gives its share to the others. The channel keeps its pace, unless it is to be lifted. */
    void remove(Channel channel, boolean lift) {
        Pacing removed = channels.remove(channel);
        if (removed != null) {
            if (lift) {
                pace(channel, removed, DelayCalculator.UNLIMITED);
            }
            paceAll();
        }
    }

    void follow(double bytesPerSecond) {
        if (bytesPerSecond != rate) {
            rate = bytesPerSecond;
            paceAll();
        }
    }

    private void paceAll() {
        double weights = channels.values().stream().mapToDouble(Pacing::weight).sum();
        channels.forEach((channel, pacing) -> pace(channel, pacing, rate * pacing.weight / weights));
    }

    private static void pace(Channel channel, Pacing pacing, double bytesPerSecond) {
        if (!channel.isOpen()) {
            return;
        }
        try {
            pacing.mechanism.pace(channel, bytesPerSecond);
        } catch (RuntimeException refused) {
            // Of this channel alone: it may be closing.
            LOG.debug("{}: not paced by {}", channel, pacing.mechanism.name(), refused);
        }
    }
}
