package io.foreshard.jmh.striping.live;

import io.foreshard.flowsharder.edge.Egress;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;

/** An egress with its defaults, on one event loop. */
final class EgressRole {

    private EgressRole() {}

    /**
     * Runs the program.
     *
     * @param arguments the port
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Egress egress = Egress.builder(group, Keys.edgeSecret())
                .localAddress(new InetSocketAddress(Integer.parseInt(arguments[0])))
                .start()
                .sync()
                .getNow();
        Console.serve((name, rest) -> switch (name) {
            case "ready" -> "yes";
            case "counters" -> egress.counters().toString();
            case "files" -> Long.toString(MemoryLook.descriptorCount());
            case "memory" -> MemoryLook.take().text();
            case "sessions" -> Integer.toString(egress.sessionCount());
            default -> throw new IllegalArgumentException(name);
        });
    }
}
