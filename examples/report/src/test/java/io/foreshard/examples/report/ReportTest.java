package io.foreshard.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final String EVIL = "\"><script>alert('1')</script>&\u0000\u001b";
    private static final String HARMLESS = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;";
    private static final double[] ONE = {1, 2};

    @Test
    void escapesTextWhereverItStands() {
        Plot plot = Plot.titled(EVIL)
                .caption(EVIL)
                .xLabel(EVIL, EVIL)
                .yLabel(EVIL, EVIL)
                .line(EVIL + 1, ONE, ONE)
                .band(EVIL + 2, ONE, ONE, ONE)
                .points(EVIL + 3, ONE, ONE)
                .shade(EVIL, 1, 2)
                .level(EVIL, 1);
        String html = Report.titled(EVIL)
                .subtitle(EVIL)
                .section(EVIL)
                .paragraph(EVIL)
                .fact(EVIL, EVIL)
                .table(Table.columns(EVIL).row(EVIL).caption(EVIL))
                .plot(plot)
                .toHtml();
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("alert('"), html);
        assertFalse(html.contains("\u0000") || html.contains("\u001b"));
        assertTrue(html.split(Pattern.quote(HARMLESS), -1).length > 20);
    }

    @Test
    void refersToNothingOutsideItselfAndRunsNoScript() {
        String html =
                Report.titled("t").plot(Plot.titled("p").line("l", ONE, ONE)).toHtml();
        for (String forbidden :
                new String[] {"http:", "https:", "src=", "href=", "url(", "@import", "<script", "onload"}) {
            assertFalse(html.contains(forbidden), forbidden);
        }
        assertTrue(html.contains("default-src 'none'"));
    }

    @Test
    void givesANameTheSameColourInEveryPlot() {
        Plot first = Plot.titled("first").line("a", ONE, ONE).line("b", ONE, ONE);
        Plot second = Plot.titled("second").line("b", ONE, ONE).line("a", ONE, ONE);
        String html = Report.titled("t").plot(first).plot(second).toHtml();
        assertEquals(2, html.split("<path class=\"line c0\"[^>]*><title>a</title>", -1).length - 1, html);
        assertEquals(2, html.split("<path class=\"line c1\"[^>]*><title>b</title>", -1).length - 1, html);
    }

    @Test
    void putsFactsThatFollowEachOtherSideBySide() {
        String html = Report.titled("t")
                .fact("a", "1")
                .fact("b", "2")
                .paragraph("p")
                .fact("c", "3")
                .toHtml();
        assertEquals(2, html.split("<dl", -1).length - 1);
        assertTrue(html.indexOf("<dd>1") < html.indexOf("<dd>2"));
    }

    @Test
    void leavesTheOriginalAsItWas() {
        Report original = Report.titled("t").fact("a", "1");
        String before = original.toHtml();
        original.fact("b", "2").paragraph("p").subtitle("s");
        assertEquals(before, original.toHtml());
    }

    @Test
    void writesAFileIntoANewFolderAndOverAnOldOne(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new/report.html");
        Report.titled("old and much longer than the other").writeTo(file);
        Report report = Report.titled("µs “ü”");
        report.writeTo(file);
        assertEquals(report.toHtml(), Files.readString(file));
    }

    @Test
    void drawsPlotsOverTheXAxisOfThemAll() {
        Plot early = Plot.titled("early").xLabel("time", "s").line("a", new double[] {0, 10}, ONE);
        Plot late = Plot.titled("late").xLabel("time", "s").line("b", new double[] {90, 100}, ONE);
        String html = Report.titled("t").plotsOnOneAxis(early, late).toHtml();
        assertEquals(2, html.split(">100</text>", -1).length - 1, html);
    }

    @Test
    void refusesAStackWithoutPlots() {
        assertThrows(IllegalArgumentException.class, () -> Report.titled("t").plotsOnOneAxis());
    }
}
