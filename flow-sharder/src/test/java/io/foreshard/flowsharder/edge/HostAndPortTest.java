package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of targets come from anybody. */
class HostAndPortTest {

    @ParameterizedTest
    @CsvSource({
        "example.org:80, example.org, 80",
        "a_b-c.example.:1, a_b-c.example., 1",
        "192.0.2.1:65535, 192.0.2.1, 65535",
        "[2001:db8::1]:443, 2001:db8::1, 443",
        "[::ffff:192.0.2.1]:443, ::ffff:192.0.2.1, 443",
        "host:00080, host, 80"
    })
    void namesAreTakenApart(String name, String host, int port) {
        InetSocketAddress address = HostAndPort.parse(name);
        assertNotNull(address);
        assertEquals(host, address.getHostString());
        assertEquals(port, address.getPort());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":80",
                "host",
                "host:",
                "host:+80",
                "host:-80",
                "host: 80",
                "host:80 ",
                "host:\u0668\u0660",
                "host:0",
                "host:65536",
                "host:000080",
                "host:99999999999",
                " host:80",
                "ho st:80",
                "host\u0000:80",
                "host\n:80",
                "h\u00f6st:80",
                "user@host:80",
                "[]:80",
                "[::1:80",
                "::1]:80",
                "[::1]80",
                "[[::1]]:80",
                "[example.org]:80",
                "[192.0.2.1]:80",
                "2001:db8::1:80",
                "http://host:80"
            })
    void whatIsNoneIsRefused(String name) {
        assertNull(HostAndPort.parse(name), name);
    }
}
