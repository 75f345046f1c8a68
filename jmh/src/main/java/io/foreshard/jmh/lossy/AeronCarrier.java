package io.foreshard.jmh.lossy;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.FragmentHandler;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Aeron with an embedded driver, set for long paths: windows and socket buffers above the bandwidth-delay product, a repeated range not
 * sent again before the first repeat can have arrived. The window is static, as the CUBIC one shrinks by random loss. Idle strategies
 * yield the processor, of which there are few.
 */
final class AeronCarrier implements Carrier {

    private static final int STREAM = 1;
    private static final int MTU_BYTES = 1408;
    private static final int TERM_BYTES = 16 << 20;
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int POLLED_FRAGMENTS = 64;
    private static final long NAK_DELAY_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    /** A request for repair is repeated after ten milliseconds. */
    private static final long NAK_RETRY_RATIO = 100;

    private static final long LINGER_MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final MediaDriver driver;
    private final Aeron aeron;
    private final Thread poller;
    private volatile boolean closed;

    AeronCarrier(InetSocketAddress receiver, Inbox inbox, Duration roundTrip) {
        driver = MediaDriver.launchEmbedded(driver(roundTrip));
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        Subscription subscription = aeron.addSubscription(channel(receiver).build(), STREAM);
        poller = new Thread(() -> poll(subscription, inbox), "poller");
        poller.start();
    }

    private static MediaDriver.Context driver(Duration roundTrip) {
        return new MediaDriver.Context()
                .aeronDirectoryName(CommonContext.generateRandomDirName())
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle())
                .mtuLength(MTU_BYTES)
                .publicationTermBufferLength(TERM_BYTES)
                .initialWindowLength(WINDOW_BYTES)
                .socketRcvbufLength(WINDOW_BYTES)
                .socketSndbufLength(WINDOW_BYTES)
                .nakUnicastDelayNs(NAK_DELAY_NANOS)
                .nakUnicastRetryDelayRatio(NAK_RETRY_RATIO)
                .retransmitUnicastLingerNs(roundTrip.toNanos() + LINGER_MARGIN_NANOS);
    }

    private static IdleStrategy idle() {
        return new BackoffIdleStrategy(10, 10, 1, LONGEST_PARK_NANOS);
    }

    private static ChannelUriStringBuilder channel(InetSocketAddress address) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    @Override
    public Lane open(InetSocketAddress relay) {
        ExclusivePublication publication =
                aeron.addExclusivePublication(channel(relay).build(), STREAM);
        while (!publication.isConnected()) {
            LockSupport.parkNanos(LONGEST_PARK_NANOS);
        }
        return message -> publication.offer(new UnsafeBuffer(message)) > 0;
    }

    private void poll(Subscription subscription, Inbox inbox) {
        IdleStrategy idle = idle();
        FragmentHandler handler = new FragmentAssembler((buffer, offset, length, header) -> {
            byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            inbox.accept(Unpooled.wrappedBuffer(message));
        });
        while (!closed) {
            idle.idle(subscription.poll(handler, POLLED_FRAGMENTS));
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(poller);
        aeron.close();
        driver.close();
    }
}
