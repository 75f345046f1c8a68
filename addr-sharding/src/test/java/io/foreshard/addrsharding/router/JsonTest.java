package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void anObjectIsRead() {
        String text = " {\"a\":{\"b\":[1, -2.5e3,true,null,\"x\\n\\u0041\\\"\"]},\n\"c\":[],\"d\":{}} ";
        Map<?, ?> expected = Map.of(
                "a", Map.of("b", List.of("1", "-2.5e3", "true", "null", "x\nA\"")), "c", List.of(), "d", Map.of());
        assertEquals(Optional.of(expected), Json.object(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{a:1}",
                "{}x",
                "{\"a\":\"\\q\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":}"
            })
    void whatIsNoObjectIsNothing(String text) {
        assertEquals(Optional.empty(), Json.object(text));
    }

    @Test
    void whatIsNestedTooDeeplyIsNothing() {
        assertEquals(Optional.empty(), Json.object("{\"a\":" + "[".repeat(100_000)));
    }

    @Test
    void noTextFailsUntyped() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String good =
                "{\"advertisedRoutes\":{\"10.0.0.0/8\":{\"metric\":50,\"x\":[1,{\"y\":\"\\u0041\"}]},\"z\":true}}";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int j = random.nextInt(4); j >= 0; j--) {
                text.setCharAt(random.nextInt(text.length()), "{}[]\",:\\u0a1 ".charAt(random.nextInt(13)));
            }
            Optional<Map<?, ?>> read = Json.object(text.substring(0, random.nextInt(text.length() + 1)));
            int routes = read.map(FrrAnswers::routes).map(Map::size).orElse(0);
            assertTrue(routes <= 1, "seed " + seed + ": " + text);
        }
    }
}
