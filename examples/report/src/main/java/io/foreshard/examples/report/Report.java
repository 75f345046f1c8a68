package io.foreshard.examples.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A self-contained page of text, facts, tables and plots, written as one HTML file: no script, no reference to anything outside,
 * light or dark as the reader's system is. All texts are plain and are escaped. A name has the same colour in every plot.
 * Immutable; safe for any thread.
 */
public final class Report {

    private static final String STYLE = "report.css";

    private final String title;
    private final String subtitle;
    private final List<Block> blocks;

    private Report(String title, String subtitle, List<Block> blocks) {
        this.title = title;
        this.subtitle = subtitle;
        this.blocks = blocks;
    }

    /** Returns a report that has only a title. */
    public static Report titled(String title) {
        return new Report(title, "", List.of());
    }

    /** Returns this report with a line beneath the title, such as the input and the date. */
    public Report subtitle(String text) {
        return new Report(title, text, blocks);
    }

    /** Returns this report with a heading more at its end. */
    public Report section(String heading) {
        return with(new Block.Section(heading));
    }

    /** Returns this report with a paragraph more at its end. */
    public Report paragraph(String text) {
        return with(new Block.Paragraph(text));
    }

    /** Returns this report with a key fact more at its end; facts that follow each other are shown side by side. */
    public Report fact(String name, String value) {
        Map.Entry<String, String> fact = Map.entry(name, value);
        int last = blocks.size() - 1;
        if (last < 0 || !(blocks.get(last) instanceof Block.Facts facts)) {
            return with(new Block.Facts(List.of(fact)));
        }
        List<Map.Entry<String, String>> more = new ArrayList<>(facts.facts());
        more.add(fact);
        List<Block> replaced = new ArrayList<>(blocks);
        replaced.set(last, new Block.Facts(List.copyOf(more)));
        return new Report(title, subtitle, List.copyOf(replaced));
    }

    /** Returns this report with a table more at its end. */
    public Report table(Table table) {
        return with(new Block.Tabled(table));
    }

    /** Returns this report with a plot more at its end. */
    public Report plot(Plot plot) {
        return with(new Block.Plotted(List.of(plot)));
    }

    /**
     * Returns this report with plots more at its end, one beneath the other over the same stretch of the x axis, such as time.
     * The scale of the x axis of the first plot holds for all.
     *
     * @param plots at least one
     * @throws IllegalArgumentException if there is none
     */
    public Report plotsOnOneAxis(Plot... plots) {
        if (plots.length == 0) {
            throw new IllegalArgumentException("plots: 0 (expected: >= 1)");
        }
        return with(new Block.Plotted(List.of(plots)));
    }

    private Report with(Block block) {
        List<Block> more = new ArrayList<>(blocks);
        more.add(block);
        return new Report(title, subtitle, List.copyOf(more));
    }

    /** Returns the page, to be written in UTF-8. */
    public String toHtml() {
        StringBuilder out = new StringBuilder(1 << 16);
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .append(Html.escape(title));
        out.append("</title>\n<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n<header><h1>");
        out.append(Html.escape(title)).append("</h1>");
        if (!subtitle.isEmpty()) {
            out.append("<p>").append(Html.escape(subtitle)).append("</p>");
        }
        out.append("</header>\n");
        Palette palette = new Palette();
        blocks.forEach(block -> block.writeTo(out, palette));
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    /**
     * Writes the page into a file, over what is there; missing folders are made.
     *
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, toHtml());
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(Report.class.getResourceAsStream(STYLE), STYLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
