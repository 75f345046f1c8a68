package io.foreshard.examples.harness;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a program printed, for who tests it. */
public final class Transcript {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Makes an empty one. */
    public Transcript() {}

    /** Returns where results go. */
    public PrintStream outStream() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    /** Returns where faults go, and what is printed meanwhile. */
    public PrintStream errStream() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** Returns the results so far. */
    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns the faults so far. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
