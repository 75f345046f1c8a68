package io.foreshard.jmh.stacks;

import io.foreshard.jmh.ComparisonSettings;
import java.nio.file.Files;
import java.util.List;
import java.util.function.LongFunction;

/**
 * One case of the contest.
 *
 * @param name of the case
 * @param byChance whether nobody can foresee it
 * @param isPresent whether its data are there
 * @param demand its messages for a seed
 */
record DemandCase(String name, boolean byChance, boolean isPresent, LongFunction<StackDemand> demand) {

    static List<DemandCase> all(ComparisonSettings settings) {
        double learn = settings.quick() ? 2 : 4;
        double score = settings.quick() ? 2 : 8;
        double days = settings.quick() ? 0.5 : 1;
        RecordedDemand recorded = new RecordedDemand(settings.data(), days, days);
        boolean present = Files.isDirectory(settings.data().resolve("series"));
        return List.of(
                new DemandCase("periodic", false, true, seed -> MadeDemand.periodic(seed, learn, score)),
                new DemandCase("bursty", false, true, seed -> MadeDemand.bursty(seed, learn, score)),
                new DemandCase("worldcup98", false, present, recorded::worldCup),
                new DemandCase("nab", false, present, recorded::cloud),
                new DemandCase("churn", false, present, recorded::churn),
                new DemandCase("poisson", true, true, seed -> MadeDemand.poisson(seed, learn, score)),
                new DemandCase("poisson-alone", true, true, seed -> MadeDemand.poissonAlone(seed, learn, score)),
                new DemandCase("random-bursts", true, true, seed -> MadeDemand.randomBursts(seed, learn, score)));
    }
}
