package io.foreshard.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PlotTest {

    private static final Pattern PATH =
            Pattern.compile("<path class=\"(?:dashed )?(\\w+) c\\d(?: dashed)?\" d=\"([^\"]*)\"><title>");
    private static final double[] ODD = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0,
        -0.0,
        1e-300,
        1e300,
        -1e300,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.MIN_VALUE,
        1,
        -1,
        0.5,
        1e16,
        1e16 + 2
    };

    private static String html(Plot plot) {
        return Report.titled("t").plot(plot).toHtml();
    }

    /** The data of the drawn path of a form, without the legend. */
    private static String path(String html, String form) {
        Matcher matcher = PATH.matcher(html);
        while (matcher.find()) {
            if (matcher.group(1).equals(form)) {
                return matcher.group(2);
            }
        }
        return "";
    }

    @Test
    void saysSoWhenThereIsNothingToDraw() {
        double[] none = {};
        double[] gaps = {Double.NaN, Double.NaN};
        assertTrue(html(Plot.titled("p")).contains(">no data<"));
        assertTrue(html(Plot.titled("p").line("l", none, none).band("b", none, none, none))
                .contains(">no data<"));
        assertTrue(html(Plot.titled("p").ecdf("e", none).shade("s", 0, 1)).contains(">no data<"));
        assertTrue(html(Plot.titled("p").percentiles("e", gaps).line("l", gaps, gaps))
                .contains(">no data<"));
    }

    @Test
    void showsASinglePointAsADot() {
        String html = html(Plot.titled("p").line("l", new double[] {3}, new double[] {5}));
        assertEquals("M435 135h0", path(html, "points"));
    }

    @Test
    void breaksTheLineAtGaps() {
        double nan = Double.NaN;
        double[] xs = {0, 1, 2, 3, 4, 5};
        String html = html(Plot.titled("p").line("l", xs, new double[] {1, 2, nan, 3, nan, 4}));
        assertEquals(3, path(html, "line").split("M", -1).length - 1);
        assertEquals(2, path(html, "points").split("M", -1).length - 1);
    }

    @Test
    void holdsAStepUpToTheNext() {
        String html = html(Plot.titled("p")
                .steps("s", new double[] {0, 1, 2}, new double[] {0, 10, 0})
                .yRange(0, 10));
        String path = path(html, "line");
        assertTrue(path.startsWith("M0 270L435 270L435"), path);
    }

    @Test
    void keepsTheExtremesOfALongSeriesInAShortPath() {
        int count = 1_000_000;
        double[] xs = new double[count];
        double[] ys = new double[count];
        SplittableRandom random = new SplittableRandom(1);
        for (int index = 0; index < count; index++) {
            xs[index] = index;
            ys[index] = random.nextDouble(40, 60);
        }
        ys[345_678] = 100;
        ys[567_890] = 0;
        String path = path(html(Plot.titled("p").line("l", xs, ys).yRange(0, 100)), "line");
        assertTrue(path.length() < 60_000, () -> "length " + path.length());
        assertTrue(path.contains(" 0L"), "the peak is drawn");
        assertTrue(path.contains(" 270L"), "the trough is drawn");
    }

    @Test
    void drawsOneDotWhereManyPointsFallOnTheSameSpot() {
        double[] xs = new double[100_000];
        double[] ys = new double[100_000];
        Arrays.fill(ys, 1);
        assertEquals(
                1, path(html(Plot.titled("p").points("l", xs, ys)), "points").split("M", -1).length - 1);
    }

    @Test
    void closesABandAroundItsLowsAndHighs() {
        double[] xs = {0, 1};
        String html = html(Plot.titled("p")
                .band("b", xs, new double[] {0, 0}, new double[] {10, 5})
                .yRange(0, 10));
        assertEquals("M0 0L870 135L870 270L0 270Z", path(html, "band"));
    }

    @Test
    void drawsTheShareOfValuesUpToEach() {
        String html =
                html(Plot.titled("p").ecdf("e", new double[] {2, Double.NaN, 1}).yRange(0, 1));
        assertEquals("M0 270L0 135L870 135L870 0", path(html, "line"));
    }

    @Test
    void drawsTheTailOut() {
        double[] values = new double[1000];
        Arrays.setAll(values, index -> index);
        String html = html(Plot.titled("p").percentiles("l", values));
        for (String tick : new String[] {">0\u202f%<", ">50\u202f%<", ">90\u202f%<", ">99\u202f%<", ">99.9\u202f%<"}) {
            assertTrue(html.contains(tick), tick);
        }
    }

    @Test
    void picksThePrefixOfTheUnit() {
        String html = html(Plot.titled("p")
                .xLabel("time", "s")
                .yLabel("rate", "B/s")
                .line("l", new double[] {0, 0.004}, new double[] {0, 25e6}));
        assertTrue(html.contains(">time (ms)<"), html);
        assertTrue(html.contains(">rate (MB/s)<"), html);
        assertTrue(html.contains(">20<"), html);
    }

    @Test
    void shadesOnlyWhatLiesWithinTheAxis() {
        double[] xs = {0, 100};
        String html =
                html(Plot.titled("p").line("l", xs, xs).shade("in", 50, 1e9).shade("out", 200, 300));
        assertTrue(html.contains("x=\"435\" y=\"-1\" width=\"436\""), html);
        assertEquals(1, html.split("<rect class=\"shade s[01]\" x=", -1).length - 1, html);
    }

    @Test
    void drawsNoCurveOverTheNameOfALevel() {
        double[] xs = {0, 1};
        String html = html(Plot.titled("p").level("most", 5).line("l", xs, new double[] {5, 5}));
        int curve = html.lastIndexOf("<path class=\"line c");
        assertTrue(curve > html.indexOf("<path class=\"level\""), html);
        assertTrue(html.indexOf(">most</text>") > curve, html);
    }

    @Test
    void namesTheHighestLevelAboveItsLine() {
        double[] xs = {0, 1};
        Plot plot = Plot.titled("p").level("most", 5).line("l", xs, new double[] {0, 5});
        String html = Report.titled("t").plotsOnOneAxis(plot, plot).toHtml();
        Matcher line =
                Pattern.compile("<path class=\"level\" d=\"M0 ([\\d.]+)h").matcher(html);
        Matcher name = Pattern.compile("y=\"([\\d.]+)\">most</text>").matcher(html);
        assertTrue(line.find() && name.find(), html);
        assertTrue(Double.parseDouble(name.group(1)) < Double.parseDouble(line.group(1)), html);
        assertTrue(Double.parseDouble(name.group(1)) > 12.5, "all of it is within the plot");
    }

    @Test
    void remainsWellFormedWhateverTheNumbersAre() throws Exception {
        for (long seed = 1; seed <= 300; seed++) {
            String html = html(anyPlot(new SplittableRandom(seed)));
            String figure = html.substring(html.indexOf("<figure>"), html.indexOf("</figure>") + 9);
            assertFalse(figure.contains("NaN") || figure.contains("Infinity"), "seed " + seed);
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(figure)));
        }
    }

    private static Plot anyPlot(SplittableRandom random) {
        int count = random.nextInt(6);
        Plot plot = Plot.titled("p")
                .xLabel("x", "s")
                .yLabel("y", "B")
                .line("l", any(random, count), any(random, count))
                .steps("s", any(random, count), any(random, count))
                .points("o", any(random, count), any(random, count))
                .band("b", any(random, count), any(random, count), any(random, count))
                .ecdf("e", any(random, count))
                .shade("h", any(random, 1)[0], any(random, 1)[0])
                .level("v", any(random, 1)[0]);
        plot = random.nextBoolean() ? plot.xLogarithmic() : plot;
        plot = random.nextBoolean() ? plot.yLogarithmic() : plot;
        plot = random.nextInt(4) == 0 ? plot.percentiles("q", any(random, count)) : plot;
        return random.nextInt(4) == 0 ? plot.yRange(-1, 2) : plot;
    }

    private static double[] any(SplittableRandom random, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, index -> ODD[random.nextInt(ODD.length)]);
        return values;
    }

    @Test
    void refusesArraysOfDifferentLengths() {
        Plot plot = Plot.titled("p");
        double[] one = {1};
        double[] two = {1, 2};
        assertRefused("ys: length 2 (expected: 1)", () -> plot.line("l", one, two));
        assertRefused("highs: length 2 (expected: 1)", () -> plot.band("b", one, one, two));
        assertRefused("high: 1.0 (expected: finite, above 1.0)", () -> plot.yRange(1, 1));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void keepsItsOwnCopyOfTheArrays() {
        double[] xs = {0, 1};
        Plot plot = Plot.titled("p").line("l", xs, xs);
        String before = html(plot);
        xs[1] = 5;
        assertEquals(before, html(plot));
    }
}
