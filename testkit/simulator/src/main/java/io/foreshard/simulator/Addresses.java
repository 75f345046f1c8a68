package io.foreshard.simulator;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Reads address literals; never asks a name server. */
final class Addresses {

    private Addresses() {}

    static InetAddress parse(String name, String literal) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        if (bytes == null) {
            throw new IllegalArgumentException(name + ": " + literal + " (expected: an IP address)");
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(name + ": " + literal + " (expected: an IP address)", e);
        }
    }
}
