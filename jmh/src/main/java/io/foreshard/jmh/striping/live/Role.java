package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.run.ContestantException;
import io.foreshard.jmh.run.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process that takes commands and answers them, a line each. */
final class Role {

    private static final long LOOK_MILLIS = 2;
    private static final long PATIENCE_NANOS = 40_000_000_000L;

    private final Process process;
    private final Path output;
    private int asked;

    /**
     * Starts it.
     *
     * @param processes end it
     * @param command of a program that calls {@link Console#serve}
     * @param output receives all that it prints
     */
    Role(Processes processes, List<String> command, Path output) throws IOException {
        process = processes.start(command, output);
        this.output = output;
    }

    /** Has a command done, and returns the answer. */
    String ask(String command) throws IOException, ContestantException, InterruptedException {
        String number = "= " + ++asked + " ";
        process.getOutputStream().write((asked + " " + command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        Optional<String> answer = answer(number);
        while (answer.isEmpty()) {
            if (System.nanoTime() > giveUp || !process.isAlive()) {
                throw new ContestantException(process.isAlive() ? "no answer to " + command : "a process ended");
            }
            Thread.sleep(LOOK_MILLIS);
            answer = answer(number);
        }
        if (answer.get().startsWith("!")) {
            throw new ContestantException(answer.get());
        }
        return answer.get();
    }

    private Optional<String> answer(String number) throws IOException {
        String text = Files.readString(output);
        // The last line may be half written.
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.startsWith(number))
                .map(line -> line.substring(number.length()))
                .findFirst();
    }

    /** Has a command done that is answered with numbers. */
    long[] askNumbers(String command) throws IOException, ContestantException, InterruptedException {
        String[] words = ask(command).split(" ", -1);
        long[] numbers = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        return numbers;
    }

    /** Sends it a signal. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
