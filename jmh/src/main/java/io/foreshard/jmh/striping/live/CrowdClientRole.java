package io.foreshard.jmh.striping.live;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Many connections that each exchange something now and then. All but the commands happens on one event loop. */
final class CrowdClientRole {

    private final EventLoop loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()).next();
    private final List<CrowdMember> members = new ArrayList<>();
    private SplittableRandom seeds = new SplittableRandom(0);
    private IntConsumer step = index -> {};
    private int total;
    private int begun;
    private int settled;

    private CrowdClientRole() {}

    /**
     * Runs the program.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        CrowdClientRole crowd = new CrowdClientRole();
        Console.serve((name, words) ->
                crowd.loop.submit(() -> crowd.handle(name, words)).get());
    }

    private String handle(String name, List<String> arguments) {
        return switch (name) {
            case "ready" -> "yes";
            case "open" -> {
                open(arguments.stream().skip(1).mapToLong(Long::parseLong).toArray(), arguments.get(0));
                yield "begun";
            }
            case "exchange" -> {
                int bytes = Integer.parseInt(arguments.get(1));
                begin(
                        Integer.parseInt(arguments.get(0)),
                        index -> members.get(index).exchange(bytes));
                yield "begun";
            }
            case "look" -> look();
            case "close" -> {
                members.forEach(CrowdMember::close);
                yield "closed";
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Takes the address; and the port, the seed, how many, how many of them at once, and the bytes of a first exchange. */
    private void open(long[] numbers, String address) {
        InetSocketAddress to = new InetSocketAddress(address, (int) numbers[0]);
        seeds = new SplittableRandom(numbers[1]);
        total = (int) numbers[2];
        begin((int) numbers[3], index -> connect(to, (int) numbers[4]));
    }

    private void begin(int atOnce, IntConsumer each) {
        step = each;
        begun = 0;
        settled = 0;
        for (int i = 0; i < atOnce; i++) {
            next();
        }
    }

    private void next() {
        if (begun < total) {
            step.accept(begun++);
        }
    }

    private void settled() {
        settled++;
        // Those that fail at once would otherwise begin each other, ever deeper.
        loop.execute(this::next);
    }

    private void connect(InetSocketAddress to, int bytes) {
        CrowdMember member = new CrowdMember(seeds.nextLong(), this::settled);
        members.add(member);
        new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(member)
                .connect(to)
                .addListener(connected -> {
                    if (connected.isSuccess()) {
                        member.exchange(bytes);
                    } else {
                        member.fail();
                    }
                });
    }

    /** How many of the newest exchange are over; how many connections are sound, gone, and wrong. */
    private String look() {
        return settled + " "
                + members.stream().filter(CrowdMember::isSound).count() + " "
                + members.stream().filter(CrowdMember::isGone).count() + " "
                + members.stream().filter(CrowdMember::isWrong).count();
    }
}
