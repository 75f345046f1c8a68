package io.foreshard.stackvirt.traffic;

/**
 * Adds what a forecaster says of one stack to what the experts say: moves their log-odds towards its own, by a weight that begins at nothing and learns by what came true, one for each
 * regime and for how sure the forecaster is. The experts know nothing of it, and its move counts only while it has made forecasts cheaper, by coding cost of
 * late; so one that errs costs nothing once it is found out.
 */
final class ForecastExpert {

    /** How sure a forecaster is: all but no, rather no, rather yes, all but yes. */
    static final int BANDS = Context.KNOWLEDGES;

    private static final double OPENS_BELOW = 0.97;
    private static final double LEAST_GAIN = 2;
    private static final double FADE = 1 - 1 / 3600.0;
    private static final double SURE = 2;

    private final Mixer own = mixer();
    private final Mixer shared;
    private double plainCost;
    private double cost;
    private boolean isTrusted;

    ForecastExpert(Mixer shared) {
        this.shared = shared;
    }

    static Mixer mixer() {
        return new Mixer(Experts.REGIMES, 1, 0);
    }

    /** Notes what is foretold, NaN for nothing, and moves the probability of a situation if that has proved good. */
    void look(Situation seen, double foretold) {
        seen.isForetold = foretold >= 0 && foretold <= 1;
        if (!seen.isForetold) {
            return;
        }
        double logit = Mixer.stretch(seen.probability);
        double said = Mixer.stretch(foretold);
        seen.forecastMove[0] = (float) (said - logit);
        seen.forecastBand[0] = (byte) (said < -SURE ? 0 : said < 0 ? 1 : said < SURE ? 2 : 3);
        double ownLogit = logit + own.move(seen.regime, seen.forecastMove, seen.forecastBand);
        double sharedLogit = logit + shared.move(seen.regime, seen.forecastMove, seen.forecastBand);
        seen.ownForetold = Mixer.squash(ownLogit);
        seen.sharedForetold = Mixer.squash(sharedLogit);
        seen.plain = seen.probability;
        seen.foretold = Mixer.squash((ownLogit + sharedLogit) / 2);
        if (isTrusted) {
            seen.probability = seen.foretold;
        }
    }

    void learn(Situation seen, boolean needed) {
        if (!seen.isForetold) {
            return;
        }
        double came = needed ? 1 : 0;
        own.learn(seen.regime, seen.forecastMove, seen.forecastBand, came - seen.ownForetold);
        shared.learn(seen.regime, seen.forecastMove, seen.forecastBand, came - seen.sharedForetold);
        plainCost = FADE * plainCost + bits(seen.plain, needed);
        cost = FADE * cost + bits(seen.foretold, needed);
        isTrusted = isTrusted ? cost < plainCost : cost < OPENS_BELOW * plainCost && plainCost - cost > LEAST_GAIN;
    }

    private static double bits(double probability, boolean needed) {
        return -Math.log(needed ? probability : 1 - probability);
    }

    boolean isTrusted() {
        return isTrusted;
    }
}
