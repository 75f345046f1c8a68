package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.accept.Acceptor;
import io.foreshard.simulator.Property;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever clients say instead of a request: none stays, each is counted once, and honest ones are served beside them. */
class HostileClientsTest {

    private static final int PORT = 1085;
    private static final int CLIENTS = 25;
    private static final String HTTP = "CONNECT 10.0.0.4:80 HTTP/1.1\r\nHost: 10.0.0.4:80\r\n\r\n";
    private static final String SOCKS = "050100" + "050100010a0000040050";

    private static byte[] honest(boolean http) {
        return http ? HTTP.getBytes(StandardCharsets.US_ASCII) : HexFormat.of().parseHex(SOCKS);
    }

    private static byte[] words(RandomGenerator random, boolean http) {
        byte[] honest = honest(http);
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        switch (random.nextInt(4)) {
            case 0 -> {
                return noise;
            }
            case 1 -> {
                return Arrays.copyOf(honest, random.nextInt(honest.length));
            }
            case 2 -> {
                honest[random.nextInt(honest.length)] ^= (byte) (1 << random.nextInt(8));
                return honest;
            }
            default -> {
                byte[] both = Arrays.copyOf(honest, honest.length / 2 + noise.length);
                System.arraycopy(noise, 0, both, honest.length / 2, noise.length);
                return both;
            }
        }
    }

    private static void speak(EdgeRig rig, Talker client, byte[] words, RandomGenerator random) {
        for (int from = 0; from < words.length && !client.gone; ) {
            int to = Math.min(words.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 1500));
            client.say(Arrays.copyOfRange(words, from, to));
            from = to;
            if (random.nextInt(8) == 0) {
                rig.simulation.runFor(Duration.ofMillis(random.nextInt(300)));
            }
        }
        if (random.nextInt(3) == 0) {
            client.end();
        }
    }

    private static void serves(EdgeRig rig, boolean http) {
        Talker client = Talker.to(rig, PORT);
        client.say(honest(http));
        int answer = http ? "HTTP/1.1 200 Connected\r\n\r\n".length() : 12;
        rig.until(() -> client.heardBytes() == answer, "an honest client got no answer");
        client.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noneStaysAndEachIsCountedOnce(boolean http) {
        Property.named("hostile " + (http ? "http" : "socks")).runs(8).check((random, size) -> {
            try (EdgeRig rig = new EdgeRig(random.nextLong(), 1)) {
                Acceptor acceptor = (http ? Acceptor.httpConnect(rig.ingress) : Acceptor.socks5(rig.ingress))
                        .requestTimeout(Duration.ofSeconds(2))
                        .build();
                rig.await(acceptor.listen(rig.near.address(PORT)));
                List<Talker> clients = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    Talker client = Talker.to(rig, PORT);
                    clients.add(client);
                    speak(rig, client, words(random, http), random);
                }
                serves(rig, http);
                rig.simulation.runFor(Duration.ofSeconds(60));
                long carried = rig.served.size() - 1L;
                long counted = acceptor.counters().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                long open = clients.stream()
                        .filter(client -> !client.gone && !client.ended)
                        .count();
                assertEquals(
                        CLIENTS, carried + counted, () -> acceptor.counters().toString());
                assertTrue(open <= carried, () -> open + " open, " + carried + " carried");
                serves(rig, http);
            }
        });
    }
}
