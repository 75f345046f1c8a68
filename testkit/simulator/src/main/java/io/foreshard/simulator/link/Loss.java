package io.foreshard.simulator.link;

import java.util.SplittableRandom;

/** How a link loses datagrams at random. */
public sealed interface Loss {

    /** Loses nothing. */
    Loss NONE = new Bernoulli(0);

    /**
     * Returns the share of datagrams that are lost in the long run.
     *
     * @return a probability, 0…1
     */
    double expectedShare();

    /**
     * Starts a fresh loss process.
     *
     * @param random the source of its decisions, owned by the process from now on
     * @return a process in its initial state
     */
    LossProcess start(SplittableRandom random);

    /**
     * Independent loss: each datagram is lost with the same probability.
     *
     * @param probability 0…1
     */
    record Bernoulli(double probability) implements Loss {

        /** Checks the probability. */
        public Bernoulli {
            Checks.probability("probability", probability);
        }

        @Override
        public double expectedShare() {
            return probability;
        }

        @Override
        public LossProcess start(SplittableRandom random) {
            return () -> random.nextDouble() < probability;
        }
    }

    /**
     * Loss in bursts: a Markov chain of two states that steps once per datagram, each state with its own loss probability (Gilbert
     * 1960, Elliott 1963; parameters as in RFC 3611's burst and gap view). It starts in the good state.
     *
     * @param goodToBad probability of entering the bad state, per datagram; above 0
     * @param badToGood probability of leaving it, per datagram; above 0; the mean burst lasts {@code 1 / badToGood} datagrams
     * @param lossInGood loss probability in the good state
     * @param lossInBad loss probability in the bad state
     */
    record GilbertElliott(double goodToBad, double badToGood, double lossInGood, double lossInBad) implements Loss {

        /** Checks the probabilities. */
        public GilbertElliott {
            Checks.positiveProbability("goodToBad", goodToBad);
            Checks.positiveProbability("badToGood", badToGood);
            Checks.probability("lossInGood", lossInGood);
            Checks.probability("lossInBad", lossInBad);
        }

        /**
         * Describes bursts the way they are measured: Gilbert's model, in which the good state loses nothing and the bad one all.
         *
         * @param share the share of datagrams lost in the long run, above 0 and below 1
         * @param meanBurst the mean number of datagrams lost in a row, at least 1
         * @return the chain with those two figures
         */
        public static GilbertElliott ofBursts(double share, double meanBurst) {
            Checks.that(share > 0 && share < 1, "share", share, "0 < share < 1");
            Checks.that(meanBurst >= 1, "meanBurst", meanBurst, ">= 1");
            double badToGood = 1 / meanBurst;
            double goodToBad = badToGood * share / (1 - share);
            Checks.that(goodToBad <= 1, "share", share, "reachable with the mean burst of " + meanBurst);
            return new GilbertElliott(goodToBad, badToGood, 0, 1);
        }

        @Override
        public double expectedShare() {
            double bad = goodToBad / (goodToBad + badToGood);
            return bad * lossInBad + (1 - bad) * lossInGood;
        }

        @Override
        public LossProcess start(SplittableRandom random) {
            return new GilbertElliottProcess(this, random);
        }
    }
}
