package io.foreshard.flowsharder.accept;

import io.foreshard.flowsharder.edge.TargetRefusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** SOCKS, version 5 (RFC 1928): a greeting, a password if wanted (RFC 1929), the command CONNECT, then bytes. */
final class Socks5Conversation extends Conversation {

    private static final int VERSION = 5;
    private static final int PASSWORD_VERSION = 1;
    private static final int IPV4 = 1;

    /** What is awaited, for the words of refusals. */
    private enum Step {
        GREETING,
        PASSWORD,
        COMMAND
    }

    private Step step = Step.GREETING;
    private ChannelHandler decoder;

    private Socks5Conversation(DefaultAcceptor acceptor, Channel channel, ChannelHandler decoder) {
        super(acceptor, channel);
        this.decoder = decoder;
    }

    static void begin(Channel connection, DefaultAcceptor acceptor) {
        ChannelHandler decoder = new Socks5InitialRequestDecoder();
        connection
                .pipeline()
                .addLast(Socks5ServerEncoder.DEFAULT, decoder, new Socks5Conversation(acceptor, connection, decoder));
    }

    @Override
    void onMessage(Object message) {
        if (message instanceof Socks5InitialRequest greeting && isWhole(greeting.decoderResult())) {
            onGreeting(greeting);
        } else if (message instanceof Socks5PasswordAuthRequest password && isWhole(password.decoderResult())) {
            onPassword(password);
        } else if (message instanceof Socks5CommandRequest command && isWhole(command.decoderResult())) {
            onCommand(command);
        } else {
            ReferenceCountUtil.release(message);
            refuse(AcceptReason.MALFORMED_REQUEST);
        }
    }

    private static boolean isWhole(DecoderResult result) {
        return result.isSuccess();
    }

    private void onGreeting(Socks5InitialRequest greeting) {
        boolean asks = settings().credentials() != null;
        Socks5AuthMethod method = asks ? Socks5AuthMethod.PASSWORD : Socks5AuthMethod.NO_AUTH;
        if (!greeting.authMethods().contains(method)) {
            refuse(AcceptReason.NOT_ALLOWED);
            return;
        }
        channel().writeAndFlush(new DefaultSocks5InitialResponse(method));
        step = asks ? Step.PASSWORD : Step.COMMAND;
        expect(asks ? new Socks5PasswordAuthRequestDecoder() : new Socks5CommandRequestDecoder());
    }

    private void onPassword(Socks5PasswordAuthRequest shown) {
        if (!settings().knows(shown.username(), shown.password())) {
            refuse(AcceptReason.NOT_ALLOWED);
            return;
        }
        channel().writeAndFlush(new DefaultSocks5PasswordAuthResponse(Socks5PasswordAuthStatus.SUCCESS));
        step = Step.COMMAND;
        expect(new Socks5CommandRequestDecoder());
    }

    /** The next decoder gets what the one before holds. */
    private void expect(ChannelHandler next) {
        ChannelHandler before = decoder;
        decoder = next;
        channel().pipeline().addAfter(channel().pipeline().context(before).name(), null, next);
        channel().pipeline().remove(before);
    }

    private void onCommand(Socks5CommandRequest command) {
        String target = target(command);
        if (!Socks5CommandType.CONNECT.equals(command.type())) {
            refuse(AcceptReason.UNSUPPORTED_REQUEST);
        } else if (target == null) {
            refuse(AcceptReason.BAD_TARGET);
        } else {
            connect(target);
        }
    }

    private static @Nullable String target(Socks5CommandRequest command) {
        String host = command.dstAddr();
        boolean six = Socks5AddressType.IPv6.equals(command.dstAddrType());
        return host == null ? null : Authority.check((six ? "[" + host + "]" : host) + ":" + command.dstPort());
    }

    @Override
    ByteBuf success() {
        return answer(Socks5CommandStatus.SUCCESS);
    }

    /** Where the egress connected from is nobody's business: the address is all zeros. */
    private ByteBuf answer(Socks5CommandStatus status) {
        return bytes(VERSION, status.byteValue(), 0, IPV4, 0, 0, 0, 0, 0, 0);
    }

    private ByteBuf bytes(int... values) {
        ByteBuf bytes = channel().alloc().buffer(values.length);
        for (int value : values) {
            bytes.writeByte(value);
        }
        return bytes;
    }

    @Override
    @Nullable
    ByteBuf failure(AcceptReason reason, @Nullable TargetRefusal refusal) {
        if (refusal != null) {
            return answer(status(refusal));
        }
        return switch (reason) {
            case NOT_ALLOWED ->
                step == Step.GREETING
                        ? bytes(VERSION, Socks5AuthMethod.UNACCEPTED.byteValue())
                        : bytes(PASSWORD_VERSION, Socks5PasswordAuthStatus.FAILURE.byteValue());
            case UNSUPPORTED_REQUEST -> answer(Socks5CommandStatus.COMMAND_UNSUPPORTED);
            case BAD_TARGET -> answer(Socks5CommandStatus.ADDRESS_UNSUPPORTED);
            default -> step == Step.COMMAND ? answer(Socks5CommandStatus.FAILURE) : null;
        };
    }

    private static Socks5CommandStatus status(TargetRefusal refusal) {
        return switch (refusal) {
            case UNREACHABLE -> Socks5CommandStatus.HOST_UNREACHABLE;
            case FORBIDDEN -> Socks5CommandStatus.FORBIDDEN;
            case TOO_MANY_FLOWS -> Socks5CommandStatus.FAILURE;
            case NO_EGRESS -> Socks5CommandStatus.NETWORK_UNREACHABLE;
        };
    }

    @Override
    void removeCodecs() {
        channel().pipeline().remove(Socks5ServerEncoder.DEFAULT);
        channel().pipeline().remove(decoder);
    }
}
