package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.flowsharder.accept.Acceptor;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that others wrote, over real sockets. */
class CurlTest {

    private static final byte[] SECRET = "the secret of both edges".getBytes(StandardCharsets.US_ASCII);
    private static final int REFUSED_BY_PROXY = 97;
    private static final int TUNNEL_FAILED = 56;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final byte[] content = new byte[3_000_000];

    @TempDir
    Path folder;

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Answers each first piece of a request with the content, then ends. */
    private final class Origin extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf request) {
            String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + content.length + "\r\n\r\n";
            context.write(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII));
            context.writeAndFlush(Unpooled.wrappedBuffer(content)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @BeforeEach
    void needsCurl() {
        boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "curl")));
        assumeTrue(found, "curl is not installed: SOCKS5 and HTTP CONNECT are not tried with it");
        new SplittableRandom(5).nextBytes(content);
    }

    @AfterEach
    void ends() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private int curl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("curl", "-sS", "-m", "30", "-o", folder.resolve("got").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("words").toFile())
                .start()
                .waitFor();
    }

    private int port(Channel bound) {
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    @Test
    void downloadsThroughBothProtocolsAndIsToldOfFailures() throws Exception {
        Channel origin = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Origin());
                    }
                })
                .bind(anyPort())
                .sync()
                .channel();
        try (Egress egress = Egress.builder(group, SECRET)
                        .localAddress(anyPort())
                        .start()
                        .get();
                Ingress ingress =
                        Ingress.builder(group, egress.localAddress(), SECRET).start()) {
            Channel socks = Acceptor.socks5(ingress)
                    .credentials((user, password) -> password.equals("sesame"))
                    .build()
                    .listen(anyPort())
                    .get();
            Channel http =
                    Acceptor.httpConnect(ingress).build().listen(anyPort()).get();
            String url = "http://localhost:" + port(origin) + "/file";
            String socksProxy = "127.0.0.1:" + port(socks);
            String httpProxy = "http://127.0.0.1:" + port(http);
            downloads(url, "--socks5-hostname", socksProxy, "--proxy-user", "me:sesame");
            downloads(url, "-p", "-x", httpProxy);
            assertEquals(REFUSED_BY_PROXY, curl(url, "--socks5-hostname", socksProxy, "--proxy-user", "me:guess"));
            assertEquals(TUNNEL_FAILED, curl("http://localhost:1/", "-p", "-x", httpProxy));
        }
        origin.close().sync();
    }

    private void downloads(String url, String... how) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(how));
        arguments.add(url);
        assertEquals(0, curl(arguments.toArray(String[]::new)), this::words);
        assertEquals(-1, Arrays.mismatch(content, Files.readAllBytes(folder.resolve("got"))));
    }

    private String words() {
        try {
            return Files.readString(folder.resolve("words"));
        } catch (IOException none) {
            return none.toString();
        }
    }
}
