package io.foreshard.flowsharder.accept;

import io.foreshard.flowsharder.edge.TargetRefusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** HTTP CONNECT (RFC 9110, section 9.3.6): one request, without content, then bytes. */
final class HttpConversation extends Conversation {

    private static final int MOST_LINE_BYTES = 512;
    private static final String BASIC = "Basic ";

    private final HttpRequestDecoder decoder;
    private @Nullable String target;

    private HttpConversation(DefaultAcceptor acceptor, Channel channel, HttpRequestDecoder decoder) {
        super(acceptor, channel);
        this.decoder = decoder;
    }

    static void begin(Channel connection, DefaultAcceptor acceptor) {
        HttpRequestDecoder decoder = new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(MOST_LINE_BYTES)
                .setMaxHeaderSize(acceptor.settings().requestBytes()));
        connection.pipeline().addLast(decoder, new HttpConversation(acceptor, connection, decoder));
    }

    @Override
    void onMessage(Object message) {
        if (message instanceof HttpRequest request) {
            onRequest(request);
        }
        boolean last = message instanceof LastHttpContent;
        ReferenceCountUtil.release(message);
        if (last && isAsking() && target != null) {
            connect(target);
        }
    }

    private void onRequest(HttpRequest request) {
        AcceptReason fault = fault(request);
        target = fault == null ? Authority.check(request.uri()) : null;
        if (fault != null) {
            refuse(fault);
        } else if (target == null) {
            refuse(AcceptReason.BAD_TARGET);
        }
    }

    private @Nullable AcceptReason fault(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            boolean tooLong = request.decoderResult().cause() instanceof TooLongFrameException;
            return tooLong ? AcceptReason.OVERSIZE_REQUEST : AcceptReason.MALFORMED_REQUEST;
        }
        if (!HttpMethod.CONNECT.equals(request.method())) {
            return AcceptReason.UNSUPPORTED_REQUEST;
        }
        if (hasContent(request) || lacksHost(request)) {
            return AcceptReason.MALFORMED_REQUEST;
        }
        return isAllowed(request) ? null : AcceptReason.NOT_ALLOWED;
    }

    /** What follows the request belongs to the target: a length would say otherwise. */
    private static boolean hasContent(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request)
                || request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    }

    private static boolean lacksHost(HttpRequest request) {
        return HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && !request.headers().contains(HttpHeaderNames.HOST);
    }

    private boolean isAllowed(HttpRequest request) {
        if (settings().credentials() == null) {
            return true;
        }
        String shown = request.headers().get(HttpHeaderNames.PROXY_AUTHORIZATION, "");
        if (!shown.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        String pair = decode(shown.substring(BASIC.length()).trim());
        int colon = pair.indexOf(':');
        return colon >= 0 && settings().knows(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static String decode(String shown) {
        try {
            return new String(Base64.getDecoder().decode(shown), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    @Override
    ByteBuf success() {
        return text("HTTP/1.1 200 Connected\r\n\r\n");
    }

    @Override
    ByteBuf failure(AcceptReason reason, @Nullable TargetRefusal refusal) {
        String more = switch (reason) {
            case NOT_ALLOWED -> "Proxy-Authenticate: Basic realm=\"proxy\", charset=\"UTF-8\"\r\n";
            case UNSUPPORTED_REQUEST -> "Allow: CONNECT\r\n";
            default -> "";
        };
        HttpResponseStatus status = refusal == null ? status(reason) : status(refusal);
        return text("HTTP/1.1 " + status + "\r\n" + more + "Connection: close\r\nContent-Length: 0\r\n\r\n");
    }

    private static HttpResponseStatus status(AcceptReason reason) {
        return switch (reason) {
            case OVERSIZE_REQUEST -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            case SLOW_REQUEST -> HttpResponseStatus.REQUEST_TIMEOUT;
            case UNSUPPORTED_REQUEST -> HttpResponseStatus.METHOD_NOT_ALLOWED;
            case NOT_ALLOWED -> HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED;
            case NOT_CONNECTED -> HttpResponseStatus.BAD_GATEWAY;
            case TOO_MANY_WAITING -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            case MALFORMED_REQUEST, BAD_TARGET, GONE_EARLY -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    private static HttpResponseStatus status(TargetRefusal refusal) {
        return switch (refusal) {
            case UNREACHABLE -> HttpResponseStatus.BAD_GATEWAY;
            case FORBIDDEN -> HttpResponseStatus.FORBIDDEN;
            case TOO_MANY_FLOWS, NO_EGRESS -> HttpResponseStatus.SERVICE_UNAVAILABLE;
        };
    }

    private ByteBuf text(String words) {
        return ByteBufUtil.writeAscii(channel().alloc(), words);
    }

    @Override
    void removeCodecs() {
        channel().pipeline().remove(decoder);
    }
}
