package io.foreshard.flowshaper;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A shaper, one bottleneck and one channel on a clock that the test moves. */
final class ShaperBench implements AutoCloseable {

    static final InetSocketAddress SERVER = new InetSocketAddress("10.0.0.2", 80);

    final MockTicker ticker = Ticker.newMockTicker();
    final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(ticker).build();
    final FlowShaper shaper;
    final Bottleneck bottleneck;
    double rate = DelayCalculator.UNLIMITED;
    long delayNanos;

    @Nullable
    PathSample path;

    @Nullable
    NodeLoad load;

    private final class Calculator implements DelayCalculator {
        @Override
        public double rateBytesPerSecond(BottleneckView view, long nowNanos) {
            return rate;
        }

        @Override
        public long delayNanos(FlowView flow, BottleneckView view) {
            return delayNanos;
        }
    }

    private final class Source implements TelemetrySource {
        @Override
        public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
            return path;
        }

        @Override
        public @Nullable NodeLoad latestLoad(SocketAddress destination, long nowNanos) {
            return load;
        }
    }

    ShaperBench(UnaryOperator<FlowShaperBuilder> settings) {
        FlowShaperBuilder builder = FlowShaper.builder(channel.eventLoop())
                .calculator(name -> new Calculator())
                .telemetry(new Source())
                .secrets(() -> 42);
        shaper = settings.apply(builder).build();
        bottleneck = shaper.bottleneck("server", SERVER);
    }

    ShaperBench() {
        this(builder -> builder);
    }

    ShaperBench with(ChannelHandler handler) {
        channel.pipeline().addLast("shaper", handler);
        return this;
    }

    ShaperBench stream() {
        return with(shaper.streamHandler(bottleneck));
    }

    ShaperBench datagrams() {
        return with(shaper.datagramHandler(recipient -> bottleneck));
    }

    /** Lets control steps pass, so that the rate is in force. */
    ShaperBench limitedTo(double bytesPerSecond) {
        rate = bytesPerSecond;
        return runFor(Duration.ofMillis(40));
    }

    ShaperBench runFor(Duration time) {
        for (long left = time.toNanos(); left > 0; left -= 100_000) {
            ticker.advance(Math.min(left, 100_000), TimeUnit.NANOSECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
        return this;
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        shaper.close();
        channel.runPendingTasks();
    }
}
