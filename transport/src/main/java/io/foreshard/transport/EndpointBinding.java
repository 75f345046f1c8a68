package io.foreshard.transport;

import io.foreshard.shardcodec.TrafficClass;
import io.netty.bootstrap.Bootstrap;
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
import org.jspecify.annotations.Nullable;

/**
 * Binds the channels of an endpoint one after the other, the second and later ones on the address that the first one got, then makes
 * the loops and lets datagrams in. Sockets that mark come last: without them the endpoint works all the same.
 */
final class EndpointBinding {

    /** A socket that is to be bound. */
    private record Place(int loop, @Nullable TrafficClass mark) {}

    private final ShardEndpointBuilder builder;
    private final ChannelSetup setup;
    private final Promise<ShardEndpoint> bound;
    private final List<EventLoop> executors = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<BoundSocket> sockets = new ArrayList<>();

    private EndpointBinding(ShardEndpointBuilder builder) {
        this.builder = builder;
        this.setup = new ChannelSetup(builder.group, builder.channelFactory);
        for (int i = 0; i < builder.loops; i++) {
            executors.add(builder.group.next());
        }
        this.bound = executors.get(0).newPromise();
        choosePlaces();
    }

    private void choosePlaces() {
        for (int i = 0; i < (setup.sharesAddress() ? builder.loops : 1); i++) {
            places.add(new Place(i, null));
        }
        for (TrafficClass mark : builder.markedClasses) {
            for (int i = 0; i < builder.loops; i++) {
                places.add(new Place(i, mark));
            }
        }
    }

    static Future<ShardEndpoint> bind(ShardEndpointBuilder builder) {
        builder.config.reassembler(builder.loops);
        EndpointBinding binding = new EndpointBinding(new ShardEndpointBuilder(builder));
        binding.bindNext(builder.localAddress);
        return binding.bound;
    }

    private void bindNext(SocketAddress address) {
        Place place = places.get(sockets.size());
        Bootstrap bootstrap = setup.bootstrap(
                        executors.get(place.loop()), builder.config.receiveBufferBytes(), places.size() > 1)
                .option(ChannelOption.ALLOCATOR, builder.allocator)
                .handler(new Gate());
        bootstrap.bind(address).addListener(done -> onBound(place, (ChannelFuture) done));
    }

    private void onBound(Place place, ChannelFuture done) {
        if (done.isSuccess()) {
            sockets.add(new BoundSocket(done.channel(), place.loop(), place.mark()));
        }
        if (!done.isSuccess() && place.mark() == null) {
            fail(done.cause());
        } else if (!done.isSuccess()) {
            doWithoutMarks("the system does not let sockets share the port: " + done.cause());
        } else if (place.mark() != null && !ChannelSetup.mark(done.channel(), place.mark())) {
            doWithoutMarks("the system has no option to mark datagrams");
        } else if (sockets.size() < places.size()) {
            bindNext(sockets.get(0).channel().localAddress());
        } else {
            setup.reportMarks(builder.markedClasses);
            open();
        }
    }

    private void doWithoutMarks(String why) {
        sockets.stream()
                .filter(socket -> socket.mark() != null)
                .forEach(socket -> socket.channel().close());
        sockets.removeIf(socket -> socket.mark() != null);
        setup.reportNoMarks(why);
        open();
    }

    private void fail(Throwable cause) {
        sockets.forEach(socket -> socket.channel().close());
        bound.setFailure(cause);
    }

    private void open() {
        try {
            setup.forbidFragments(sockets);
            bound.setSuccess(DefaultEndpoint.start(builder, setup, sockets, executors));
        } catch (RuntimeException fault) {
            fail(fault);
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
