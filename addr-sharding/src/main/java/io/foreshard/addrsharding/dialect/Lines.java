package io.foreshard.addrsharding.dialect;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;

/** A text of lines that grows. */
final class Lines {

    private final StringBuilder text = new StringBuilder();

    Lines add(String... parts) {
        for (String part : parts) {
            text.append(part);
        }
        text.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** An address without its length. */
    static String host(Prefix address) {
        String text = address.toString();
        return text.substring(0, text.indexOf('/'));
    }

    static String digit(AddressFamily family) {
        return family == AddressFamily.IPV4 ? "4" : "6";
    }
}
