package io.foreshard.jmh.lossy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** One contestant on one path, for a closer look than the comparison allows. */
final class LossyTrial {

    private static final int WARM_UPS = 150;
    private static final int LIMIT_SECONDS = 20;

    private LossyTrial() {}

    /**
     * Runs the program.
     *
     * @param arguments who, round-trip time in milliseconds, loss in per cent, messages that count, first seed, how many seeds
     */
    public static void main(String[] arguments) throws Exception {
        LossyContender contender =
                LossyContender.valueOf(arguments[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        Condition path = new Condition(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        LossyLength length = new LossyLength(List.of(path), 1, WARM_UPS, Integer.parseInt(arguments[3]), LIMIT_SECONDS);
        long first = Long.parseLong(arguments[4]);
        LossyTally all = new LossyTally();
        Path folder = Files.createTempDirectory("lossy");
        try (LossyRace race = new LossyRace(folder, length)) {
            for (long seed = first; seed < first + Long.parseLong(arguments[5]); seed++) {
                LossyResult result = race.run(contender, path, seed);
                all.add(result);
                System.out.println("seed " + seed + ": " + result.text());
            }
            System.out.println(path.name() + " " + contender.label() + ": " + all.text());
        } finally {
            Files.deleteIfExists(folder.resolve(LossyRace.ROWS));
            Files.delete(folder);
        }
    }
}
