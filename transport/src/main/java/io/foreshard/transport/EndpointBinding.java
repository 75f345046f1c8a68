package io.foreshard.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Binds the channels of an endpoint one after the other, the second and later ones on the address that the first one got, then makes
 * the loops and lets datagrams in.
 */
final class EndpointBinding {

    private final ShardEndpointBuilder builder;
    private final ChannelSetup setup;
    private final Promise<ShardEndpoint> bound;
    private final List<EventLoop> executors = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private final int sockets;

    private EndpointBinding(ShardEndpointBuilder builder) {
        this.builder = builder;
        this.setup = new ChannelSetup(builder.group, builder.channelFactory);
        this.sockets = setup.sharesAddress() ? builder.loops : 1;
        for (int i = 0; i < builder.loops; i++) {
            executors.add(builder.group.next());
        }
        this.bound = executors.get(0).newPromise();
    }

    static Future<ShardEndpoint> bind(ShardEndpointBuilder builder) {
        builder.config.reassembler(builder.loops);
        EndpointBinding binding = new EndpointBinding(new ShardEndpointBuilder(builder));
        binding.bindNext(builder.localAddress);
        return binding.bound;
    }

    private void bindNext(SocketAddress address) {
        int index = channels.size();
        Bootstrap bootstrap = setup.bootstrap(executors.get(index), builder.config.receiveBufferBytes(), sockets > 1)
                .option(ChannelOption.ALLOCATOR, builder.allocator)
                .handler(new Gate());
        bootstrap.bind(address).addListener(done -> onBound((ChannelFuture) done));
    }

    private void onBound(ChannelFuture done) {
        if (!done.isSuccess()) {
            channels.forEach(Channel::close);
            bound.setFailure(done.cause());
            return;
        }
        channels.add(done.channel());
        if (channels.size() < sockets) {
            bindNext(channels.get(0).localAddress());
        } else {
            open();
        }
    }

    private void open() {
        try {
            setup.forbidFragments(channels);
            bound.setSuccess(DefaultEndpoint.start(builder, setup, channels, executors));
        } catch (RuntimeException fault) {
            channels.forEach(Channel::close);
            bound.setFailure(fault);
        }
    }

    /** Holds the place of the {@link EndpointHandler} until all channels are bound; what arrives before is dropped. */
    static final class Gate extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
