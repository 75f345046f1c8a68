package io.foreshard.flowsharder.edge;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A client that says what it is told to say, well or badly, and keeps what it hears. */
final class Talker extends ChannelInboundHandlerAdapter {

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final SocketChannel channel;
    boolean ended;
    boolean gone;

    private Talker(SocketChannel channel) {
        this.channel = channel;
    }

    static Talker to(EdgeRig rig, int port) {
        List<Talker> made = new ArrayList<>();
        ChannelFuture connecting = new Bootstrap()
                .group(rig.client.eventLoopGroup())
                .channelFactory(rig.client.streamChannelFactory())
                .option(ChannelOption.ALLOCATOR, rig.allocator)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        made.add(new Talker(channel));
                        channel.pipeline().addLast(made.get(0));
                    }
                })
                .connect(rig.near.address(port));
        rig.until(connecting::isDone, "no connection, and no refusal");
        return made.get(0);
    }

    void say(byte... bytes) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    void say(String text) {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void sayHex(String hex) {
        say(HexFormat.of().parseHex(hex));
    }

    void end() {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(said -> channel.shutdownOutput());
    }

    void close() {
        channel.close();
    }

    int heardBytes() {
        return heard.size();
    }

    String text() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    String hex() {
        return HexFormat.of().formatHex(heard.toByteArray());
    }

    /** Returns what was heard behind an answer. */
    byte[] after(int bytes) {
        byte[] all = heard.toByteArray();
        return Arrays.copyOfRange(all, Math.min(bytes, all.length), all.length);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy).release();
        heard.writeBytes(copy);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        ended |= event == ChannelInputShutdownEvent.INSTANCE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone = true;
    }
}
