package io.foreshard.flowsharder.names;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Answers at once for names that it was told of; who asks for any other waits until the test answers. */
public final class FakeNames extends AddressResolverGroup<InetSocketAddress> {

    public final List<Promise<InetSocketAddress>> waiting = new ArrayList<>();
    public final List<Promise<List<InetSocketAddress>>> waitingForAll = new ArrayList<>();
    private final Map<String, Consumer<Promise<InetSocketAddress>>> answers = new HashMap<>();

    public FakeNames answer(String name, Consumer<Promise<InetSocketAddress>> answer) {
        answers.put(name, answer);
        return this;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return !address.isUnresolved();
            }

            @Override
            protected void doResolve(InetSocketAddress named, Promise<InetSocketAddress> promise) {
                answers.getOrDefault(named.getHostString(), waiting::add).accept(promise);
            }

            @Override
            protected void doResolveAll(InetSocketAddress named, Promise<List<InetSocketAddress>> promise) {
                waitingForAll.add(promise);
            }
        };
    }
}
