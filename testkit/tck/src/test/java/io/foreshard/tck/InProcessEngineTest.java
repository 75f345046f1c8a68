package io.foreshard.tck;

import io.foreshard.stackvirt.engine.inprocess.InProcessEngine;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackSource;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.junit.jupiter.api.AfterEach;

class InProcessEngineTest implements StackEngineContract {

    // A stack that hangs keeps its thread, which must not keep the JVM.
    private final EventLoopGroup stacks =
            new MultiThreadIoEventLoopGroup(4, new DefaultThreadFactory("stacks", true), NioIoHandler.newFactory());
    private final EventLoopGroup links =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("links", true), NioIoHandler.newFactory());
    private final EventLoop loop = links.next();

    @AfterEach
    void stop() {
        links.shutdownGracefully();
        stacks.shutdownGracefully();
    }

    @Override
    public StackEngine engine() {
        return InProcessEngine.builder(stacks, links)
                .handler("drill", DrillHandler::new)
                .spin(100)
                .build();
    }

    @Override
    public StackSource source() {
        return new StackSource.InProcess("drill");
    }

    @Override
    public EventLoop loop() {
        return loop;
    }
}
