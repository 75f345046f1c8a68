package io.foreshard.simulator;

import io.foreshard.simulator.link.DropReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannelConfig;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.UncheckedBooleanSupplier;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket in a {@link Simulation}, registered on a loop of a {@link SimulatedNode}.
 *
 * <p>It behaves like {@code NioDatagramChannel} with the don't-fragment bit set: pipelines read {@link DatagramPacket}s, write those
 * or, when connected, {@code ByteBuf}s. A datagram is copied on the way and its buffer released when the socket takes it. When the
 * send buffer ({@code SO_SNDBUF}) is full, writes wait in the outbound buffer and writability follows its water marks. A full receive
 * buffer ({@code SO_RCVBUF}, payload bytes) drops. A datagram longer than the link carries fails with the {@code IOException}
 * "Message too long", unless the link is a black hole. Sockets with {@code SO_REUSEPORT} share a port by a hash of the source.
 * Multicast is not simulated.
 */
public final class SimulatedDatagramChannel extends UnicastSocket {

    private static final ChannelMetadata METADATA = new ChannelMetadata(true, 16);

    private final SimulatedDatagramConfig config = new SimulatedDatagramConfig(this, readiness());
    private final DatagramReceiveQueue received = new DatagramReceiveQueue();
    private @Nullable InetSocketAddress local;
    private @Nullable InetSocketAddress remote;
    private int sendBufferedBytes;
    private boolean closed;

    /** Makes a socket that is neither registered nor bound. */
    public SimulatedDatagramChannel() {}

    SimulatedDatagramChannel(ChannelId id) {
        super(id);
    }

    @Override
    public DatagramChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed && (local != null || (isRegistered() && isActiveOnRegistration()));
    }

    @Override
    public boolean isConnected() {
        return remote != null;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    boolean sharesPort() {
        return config.sharesPort();
    }

    /** Takes a datagram from the network into the socket's buffer. */
    @Nullable
    DropReason receive(InetSocketAddress source, byte[] payload) {
        if (!received.offer(source, payload, config.getReceiveBufferSize())) {
            return DropReason.RECEIVE_BUFFER_FULL;
        }
        signalReadable();
        return null;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new DatagramUnsafe();
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return local;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return remote;
    }

    @Override
    protected void doBind(SocketAddress localAddress) throws Exception {
        local = node().bind(this, (InetSocketAddress) localAddress);
    }

    @Override
    protected void doDisconnect() {
        remote = null;
    }

    @Override
    protected void doClose() {
        if (local != null && !closed) {
            node().unbind(this, local);
        }
        closed = true;
        received.clear();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) {
            return message;
        }
        if (message instanceof AddressedEnvelope<?, ?> envelope
                && envelope.content() instanceof ByteBuf
                && envelope.recipient() instanceof InetSocketAddress recipient) {
            if (recipient.isUnresolved()) {
                throw new UnresolvedAddressException();
            }
            return message;
        }
        throw new UnsupportedOperationException("message: " + message.getClass().getName()
                + " (expected: DatagramPacket, AddressedEnvelope<ByteBuf, InetSocketAddress>, ByteBuf)");
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        int budget = maxMessagesPerWrite();
        for (Object message = in.current(); message != null && budget > 0; message = in.current()) {
            try {
                if (!send(message)) {
                    return;
                }
                in.remove();
            } catch (IOException | NotYetConnectedException e) {
                in.remove(e);
            }
            budget--;
        }
        if (!in.isEmpty()) {
            signalWritable();
        }
    }

    private boolean send(Object message) throws IOException {
        ByteBuf content;
        InetSocketAddress destination;
        if (message instanceof AddressedEnvelope<?, ?> envelope) {
            content = (ByteBuf) envelope.content();
            destination = (InetSocketAddress) envelope.recipient();
        } else {
            content = (ByteBuf) message;
            destination = remote;
        }
        if (destination == null) {
            throw new NotYetConnectedException();
        }
        return send(content, destination);
    }

    private boolean send(ByteBuf content, InetSocketAddress destination) throws IOException {
        bindIfNeeded();
        SimulatedNode node = node();
        Route route = new Route(sourceAddress(destination), destination);
        int length = content.readableBytes();
        node.network().checkSize(route, length);
        Egress egress = node.egress();
        if (egress.isUnlimited()) {
            node.network().send(route, ByteBufUtil.getBytes(content));
            return true;
        }
        if (sendBufferedBytes > 0 && sendBufferedBytes + length > config.getSendBufferSize()) {
            return false;
        }
        sendBufferedBytes += length;
        byte[] payload = ByteBufUtil.getBytes(content);
        egress.transmit(length, () -> sent(node, route, payload, length));
        return true;
    }

    private void sent(SimulatedNode node, Route route, byte[] payload, int length) {
        node.network().send(route, payload);
        sendBufferedBytes -= length;
        signalWritable();
    }

    private InetSocketAddress sourceAddress(InetSocketAddress destination) {
        InetSocketAddress bound = localAddress();
        return bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(node().sourceFor(destination.getAddress()), bound.getPort())
                : bound;
    }

    private void bindIfNeeded() throws IOException {
        if (local == null) {
            local = node().bind(this, new InetSocketAddress(0));
        }
    }

    @SuppressWarnings("deprecation")
    private boolean isActiveOnRegistration() {
        return Boolean.TRUE.equals(config.getOption(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION));
    }

    @Override
    boolean hasNews() {
        return !received.isEmpty();
    }

    @Override
    void readNews() {
        RecvByteBufAllocator.ExtendedHandle handle = beginReading();
        do {
            DatagramPacket packet = received.poll(handle, config.getAllocator(), localAddress());
            if (packet == null) {
                break;
            }
            readiness().clearReadPending();
            handle.incMessagesRead(1);
            pipeline().fireChannelRead(packet);
            // A datagram shorter than the buffer does not mean that it was the last one.
        } while (!closed && handle.continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER));
        endReading(handle);
        signalReadable();
    }

    private final class DatagramUnsafe extends SocketUnsafe {

        @Override
        void connect(InetSocketAddress peer, @Nullable InetSocketAddress from, ChannelPromise promise) {
            boolean wasActive = isActive();
            try {
                bindTowards(peer, from);
            } catch (IOException e) {
                safeSetFailure(promise, e);
                return;
            }
            remote = peer;
            safeSetSuccess(promise);
            if (!wasActive && isActive()) {
                pipeline().fireChannelActive();
            }
        }

        private void bindTowards(InetSocketAddress peer, @Nullable InetSocketAddress from) throws IOException {
            if (local == null) {
                InetSocketAddress open = new InetSocketAddress(node().sourceFor(peer.getAddress()), 0);
                local = node().bind(SimulatedDatagramChannel.this, from == null ? open : from);
            }
        }
    }
}
