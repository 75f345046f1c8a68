package io.foreshard.jmh.striping.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The inner end of a {@link Role}: a line in is a command with its number, a line out its answer. Ends with its input. */
final class Console {

    private Console() {}

    /** Answers a command. */
    interface Handler {
        String handle(String name, List<String> arguments) throws Exception;
    }

    /** Runs until nobody commands any more, then ends the process. */
    static void serve(Handler handler) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            System.out.println("= " + words.get(0) + " " + answer(handler, words));
        }
        System.exit(0);
    }

    private static String answer(Handler handler, List<String> words) {
        try {
            return handler.handle(words.get(1), words.subList(2, words.size()));
        } catch (Exception e) {
            e.printStackTrace();
            return "! " + e;
        }
    }
}
