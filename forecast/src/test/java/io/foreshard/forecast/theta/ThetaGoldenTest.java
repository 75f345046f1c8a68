package io.foreshard.forecast.theta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThetaGoldenTest {

    private static final double QUANTILE_OF_97_5_PERCENT = 1.959963984540054;
    private static final Properties R = load("thetaf.properties");
    private static final Properties PAPER = load("theta.properties");

    private static Properties load(String file) {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(ThetaGoldenTest.class.getResourceAsStream(file), file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static double[] values(Properties from, String key) {
        return Arrays.stream(Objects.requireNonNull(from.getProperty(key), key).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double value(Properties from, String key) {
        return values(from, key)[0];
    }

    private static void assertClose(double[] expected, double[] actual, double tolerance) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance * Math.abs(expected[i]), "value " + i);
        }
    }

    private static ThetaFit fitAsR(String name) {
        return ThetaFitter.builder()
                .form(ThetaForm.CLASSIC)
                .period((int) value(R, name + ".period"))
                .build()
                .fit(values(R, name + ".series"));
    }

    private static double[] forecast(ThetaModel model, int steps) {
        double[] mean = new double[steps];
        model.forecast(mean);
        return mean;
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "noise", "months", "week", "noSeason"})
    void forecastsAsThetafOfRDoesWithItsParameters(String name) {
        double[] series = values(R, name + ".series");
        boolean seasonal = value(R, name + ".seasonal") == 1;
        int period = (int) value(R, name + ".period");
        Season season = ClassicalSeason.find(series, period, ThetaSeason.AUTOMATIC);
        assertEquals(seasonal, !season.isNone());
        double drift = 2 * value(R, name + ".drift");
        ThetaState state = new ThetaState(
                value(R, name + ".alpha"), 0.5, false, value(R, name + ".level"), new Line(-drift, drift));
        ThetaModel model = new ThetaModel(ThetaForm.CLASSIC, season, state, 0);
        for (double sample : series) {
            model.update(sample);
        }
        double[] mean = values(R, name + ".mean");
        assertClose(mean, forecast(model, mean.length), 1e-10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "noise", "months", "week", "noSeason"})
    void findsTheForecastsAndIntervalsThatThetafOfRFinds(String name) {
        ThetaFit fit = fitAsR(name);
        double[] mean = values(R, name + ".mean");
        double[] forecast = forecast(fit.model(), mean.length);
        assertClose(mean, forecast, 1e-4);
        double[] upper = new double[mean.length];
        fit.model().errorGrowth(upper);
        for (int i = 0; i < upper.length; i++) {
            upper[i] = forecast[i] + QUANTILE_OF_97_5_PERCENT * fit.sigma() * upper[i];
        }
        assertClose(values(R, name + ".upper"), upper, 1e-4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "noise", "months", "week", "noSeason"})
    void errsOnTheDataNoMoreThanThetafOfR(String name) {
        assertTrue(fitAsR(name).sigma() <= value(R, name + ".sigma") * (1 + 1e-9));
    }

    @ParameterizedTest
    @CsvSource({"ramp,OPTIMISED", "walk,OPTIMISED", "bend,OPTIMISED", "ramp,DYNAMIC", "walk,DYNAMIC", "bend,DYNAMIC"})
    void findsTheOptimumOfThePapersEquations(String name, ThetaForm form) {
        double[] series = values(PAPER, name + ".series");
        String key = name + "." + form.name().toLowerCase(Locale.ROOT);
        ThetaFit fit = ThetaFitter.builder().form(form).build().fit(series);
        assertEquals(values(PAPER, key + ".parameters")[1], fit.alpha(), 1e-4);
        double loss = 0;
        double[] residuals = fit.residuals();
        for (int i = 2; i < residuals.length; i++) {
            loss += residuals[i] * residuals[i];
        }
        assertEquals(1, loss / value(PAPER, key + ".loss"), 1e-6);
        double[] means = values(PAPER, key + ".means");
        assertClose(Arrays.copyOfRange(means, series.length, means.length), forecast(fit.model(), 12), 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"ramp,OPTIMISED", "walk,OPTIMISED", "bend,OPTIMISED", "ramp,DYNAMIC", "walk,DYNAMIC", "bend,DYNAMIC"})
    void followsThePapersEquationsStepByStep(String name, ThetaForm form) {
        double[] series = values(PAPER, name + ".series");
        String key = name + "." + form.name().toLowerCase(Locale.ROOT);
        double[] parameters = values(PAPER, key + ".parameters");
        boolean dynamic = form == ThetaForm.DYNAMIC;
        Line line = new Line();
        for (int i = 0; !dynamic && i < series.length; i++) {
            line.add(series[i]);
        }
        ThetaState state = new ThetaState(parameters[1], 1 - 1 / parameters[2], dynamic, parameters[0], line);
        double[] means = values(PAPER, key + ".means");
        for (int i = 0; i < series.length; i++) {
            assertEquals(means[i], state.next(), 1e-9 * Math.abs(means[i]), "step " + i);
            state.update(series[i]);
        }
        double[] ahead = new double[12];
        state.forecast(ahead);
        assertClose(Arrays.copyOfRange(means, series.length, means.length), ahead, 1e-9);
    }

    /** Its exponential smoothing has another optimiser. */
    @ParameterizedTest
    @ValueSource(strings = {"ramp", "walk", "bend"})
    void forecastsAsStatsmodelsDoes(String name) {
        ThetaFitter fitter = ThetaFitter.builder()
                .form(ThetaForm.CLASSIC)
                .alpha(values(PAPER, name + ".statsmodels.parameters")[1])
                .build();
        double[] forecast = forecast(fitter.fit(values(PAPER, name + ".series")).model(), 12);
        assertClose(values(PAPER, name + ".statsmodels.forecast"), forecast, 1e-4);
    }
}
