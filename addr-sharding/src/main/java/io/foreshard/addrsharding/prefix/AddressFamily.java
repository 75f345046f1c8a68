package io.foreshard.addrsharding.prefix;

/** The two families of IP addresses. */
public enum AddressFamily {
    /** 32 bits, RFC 791. */
    IPV4(32),
    /** 128 bits, RFC 8200. */
    IPV6(128);

    private final int bits;

    AddressFamily(int bits) {
        this.bits = bits;
    }

    /** Returns how many bits an address has. */
    public int bits() {
        return bits;
    }
}
