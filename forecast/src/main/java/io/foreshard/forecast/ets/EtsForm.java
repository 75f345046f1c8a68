package io.foreshard.forecast.ets;

import java.util.List;

/**
 * Which components a model of exponential smoothing has and how they combine (Hyndman et al. 2008, table 2.1).
 *
 * @param error how the error enters
 * @param trend how the trend goes on
 * @param season how the season joins the level
 */
public record EtsForm(ErrorType error, TrendType trend, SeasonType season) {

    /** Level only, additive error: simple exponential smoothing. */
    public static final EtsForm SIMPLE = new EtsForm(ErrorType.ADDITIVE, TrendType.NONE, SeasonType.NONE);

    /** Level and straight trend, additive error: Holt's method. */
    public static final EtsForm HOLT = new EtsForm(ErrorType.ADDITIVE, TrendType.ADDITIVE, SeasonType.NONE);

    /** Level and damped trend, additive error. */
    public static final EtsForm DAMPED = new EtsForm(ErrorType.ADDITIVE, TrendType.DAMPED, SeasonType.NONE);

    /** Holt-Winters with an additive season. */
    public static final EtsForm HOLT_WINTERS_ADDITIVE =
            new EtsForm(ErrorType.ADDITIVE, TrendType.ADDITIVE, SeasonType.ADDITIVE);

    /** Holt-Winters with a multiplicative season; the error is multiplicative too. */
    public static final EtsForm HOLT_WINTERS_MULTIPLICATIVE =
            new EtsForm(ErrorType.MULTIPLICATIVE, TrendType.ADDITIVE, SeasonType.MULTIPLICATIVE);

    /** How the error enters. */
    public enum ErrorType {
        /** Its standard deviation is constant. */
        ADDITIVE("A"),
        /** Its standard deviation is in proportion to the forecast; for positive data. */
        MULTIPLICATIVE("M");

        private final String letter;

        ErrorType(String letter) {
            this.letter = letter;
        }
    }

    /** How the trend goes on. */
    public enum TrendType {
        /** No trend. */
        NONE("N"),
        /** A straight line. */
        ADDITIVE("A"),
        /** A line that levels out: each step is {@code phi} times the one before. */
        DAMPED("Ad");

        private final String letter;

        TrendType(String letter) {
            this.letter = letter;
        }
    }

    /** How the season joins the level. */
    public enum SeasonType {
        /** No season. */
        NONE("N"),
        /** It is added. */
        ADDITIVE("A"),
        /** It is a factor; for positive data. */
        MULTIPLICATIVE("M");

        private final String letter;

        SeasonType(String letter) {
            this.letter = letter;
        }
    }

    /**
     * Checks the combination.
     *
     * @throws IllegalArgumentException for an additive error with a multiplicative season, whose variance has no closed form and
     *     which is unstable near zero
     */
    public EtsForm {
        if (error == ErrorType.ADDITIVE && season == SeasonType.MULTIPLICATIVE) {
            throw new IllegalArgumentException(
                    "season: MULTIPLICATIVE with error ADDITIVE (expected: error MULTIPLICATIVE)");
        }
    }

    /** Returns all forms: two errors, three trends, three seasons without the forbidden combinations, 15 in all. */
    public static List<EtsForm> all() {
        return EtsForms.ALL;
    }

    /** Returns the letters of error, trend and season: {@code A,Ad,M}. */
    public String notation() {
        return error.letter + "," + trend.letter + "," + season.letter;
    }

    /** Returns whether there is a trend, damped or not. */
    public boolean hasTrend() {
        return trend != TrendType.NONE;
    }

    /** Returns whether the trend is damped. */
    public boolean isDamped() {
        return trend == TrendType.DAMPED;
    }

    /** Returns whether there is a season. */
    public boolean hasSeason() {
        return season != SeasonType.NONE;
    }

    /** Returns whether error or season is multiplicative, which only positive data allow. */
    public boolean needsPositiveData() {
        return error == ErrorType.MULTIPLICATIVE;
    }

    @Override
    public String toString() {
        return "ETS(" + notation() + ")";
    }
}
