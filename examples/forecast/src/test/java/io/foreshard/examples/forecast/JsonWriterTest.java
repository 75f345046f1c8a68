package io.foreshard.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

    @Test
    void writesWhatAReaderReadsBack() {
        String text = new JsonWriter()
                .object()
                .member("text", "a \"b\" \\ \n\t\r\u0001 é 😀 \ud800")
                .member("number", -1.5e-300)
                .member("whole", 12_345_678_901L)
                .member("yes", true)
                .numbers("list", 1, 2.5, 1e22)
                .array("items")
                .object()
                .endObject()
                .object()
                .member("a", 1)
                .endObject()
                .endArray()
                .object("empty")
                .endObject()
                .endObject()
                .text();
        Object json = Json.parse(text);
        assertEquals("a \"b\" \\ \n\t\r\u0001 é 😀 \ud800", Json.at(json, "text"));
        assertEquals(-1.5e-300, Json.at(json, "number"));
        assertEquals(12_345_678_901.0, Json.at(json, "whole"));
        assertEquals(true, Json.at(json, "yes"));
        assertEquals(List.of(1.0, 2.5, 1e22), Json.at(json, "list"));
        assertEquals(1.0, Json.at(json, "items", 1, "a"));
    }

    @Test
    void writesNullForWhatIsNoNumber() {
        String text = new JsonWriter()
                .object()
                .numbers("list", Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .member("one", Double.NaN)
                .endObject()
                .text();
        Object json = Json.parse(text);
        assertEquals(List.of(Json.NULL, Json.NULL, Json.NULL), Json.at(json, "list"));
        assertEquals(Json.NULL, Json.at(json, "one"));
    }
}
