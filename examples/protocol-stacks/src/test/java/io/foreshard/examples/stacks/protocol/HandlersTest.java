package io.foreshard.examples.stacks.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.worker.StackHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HandlersTest {

    private static final String MARKER = "ff".repeat(16);

    private final BgpHandler bgp = new BgpHandler(0);
    private final DnsHandler dns = new DnsHandler(0);

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        return HexFormat.of().formatHex(all);
    }

    private String bgp(String afterMarker) throws Exception {
        String reply = hex(bgp.answer(hex(MARKER + afterMarker)));
        assertTrue(reply.startsWith(MARKER), reply);
        return reply.substring(MARKER.length());
    }

    private static ByteBuffer query(String name, int type) {
        ByteBuffer query = ByteBuffer.allocate(512);
        query.putShort((short) 0x1234)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0);
        for (String label : name.split("\\.", -1)) {
            query.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return query.put((byte) 0).putShort((short) type).putShort((short) 1).flip();
    }

    private ByteBuffer dns(ByteBuffer query) throws Exception {
        ByteBuffer reply = dns.answer(query);
        assertEquals(query.getShort(0), reply.getShort(0));
        assertTrue(reply.get(2) < 0, "is no answer");
        return reply;
    }

    @Test
    void anOpenIsAnsweredWithAnOpenAndAKeepalive() throws Exception {
        String open = "001d01" + "04" + "fc00" + "005a" + "c0000202" + "00";
        assertEquals("001d01" + "04" + "fc00" + "005a" + "c0000201" + "00" + MARKER + "001304", bgp(open));
    }

    @Test
    void routesOfAnUpdateAreCounted() throws Exception {
        String withdrawn = "0003" + "100a00";
        String announced = "08" + "0a" + "18" + "c00002" + "00";
        assertEquals("001304", bgp("0021" + "02" + withdrawn + "0000" + announced));
        assertEquals(1, bgp.withdrawn());
        assertEquals(3, bgp.announced());
    }

    @Test
    void whatBreaksTheRulesOfBgpIsToldSo() throws Exception {
        assertEquals("0015030101", hex(bgp.answer(hex("00".repeat(19)))).substring(32));
        assertEquals("0017030102" + "0099", bgp("009904"));
        assertEquals("0016030103" + "09", bgp("001309"));
        assertEquals("0017030201" + "0004", bgp("001d01" + "03" + "fc00" + "005a" + "c0000202" + "00"));
        assertEquals("0015030206", bgp("001d01" + "04" + "fc00" + "0002" + "c0000202" + "00"));
        assertEquals("0015030301", bgp("001702" + "ffff" + "0000"));
        assertEquals("001503030a", bgp("001902" + "0000" + "0000" + "ff" + "0a"));
        assertEquals("0015030600", bgp("001503" + "0602"));
    }

    @Test
    void namesOfTheZoneHaveAddressesAndOthersDoNotExist() throws Exception {
        ByteBuffer known = dns(query("e13.WhatsApp.net", 1));
        assertEquals(0, known.getShort(2) & 15);
        assertEquals(1, known.getShort(6));
        assertEquals((byte) 192, known.get(known.limit() - 4));
        assertEquals(0, dns(query("example.org", 28)).getShort(6));
        assertEquals(3, dns(query("nowhere.example", 1)).getShort(2) & 15);
        assertEquals(3, dns(query("notwhatsapp.net", 1)).getShort(2) & 15);
    }

    @Test
    void whatIsNoQueryIsAFormatErrorOrRefused() throws Exception {
        assertEquals(1, dns(hex("123401000002000000000000")).getShort(2) & 15);
        assertEquals(1, dns(hex("12340100")).getShort(2) & 15);
        assertEquals(
                1, dns(hex("123401000001000000000000" + "c00c" + "00010001")).getShort(2) & 15);
        assertEquals(4, dns(hex("123428000001000000000000")).getShort(2) & 15);
        assertThrows(IllegalArgumentException.class, () -> dns.answer(hex("123481800001000000000000")));
        assertThrows(IllegalArgumentException.class, () -> dns.answer(hex("12")));
    }

    @Test
    void anythingElseIsAnsweredOrRefusedToo() {
        long seed = 11;
        Random random = new Random(seed);
        for (StackHandler handler : new StackHandler[] {bgp, dns}) {
            for (int round = 0; round < 20_000; round++) {
                byte[] bytes = new byte[random.nextInt(120)];
                random.nextBytes(bytes);
                for (int i = 0; handler == bgp && i < Math.min(16, bytes.length); i++) {
                    bytes[i] = -1;
                }
                if (bytes.length > 18 && random.nextBoolean()) {
                    bytes[2 + (handler == bgp ? 14 : 0)] = 0;
                    bytes[handler == bgp ? 17 : 4] = (byte) (handler == bgp ? bytes.length : 0);
                    bytes[handler == bgp ? 18 : 5] = (byte) (handler == bgp ? 1 + random.nextInt(5) : 1);
                }
                String said = "seed " + seed + ", round " + round;
                try {
                    int length = handler.answer(ByteBuffer.wrap(bytes)).remaining();
                    assertTrue(length >= (handler == bgp ? 19 : 12) && length <= 512, said);
                } catch (IllegalArgumentException refused) {
                    assertEquals(dns, handler, said);
                } catch (Exception fault) {
                    throw new AssertionError(said, fault);
                }
            }
        }
    }
}
