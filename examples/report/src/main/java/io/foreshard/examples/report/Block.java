package io.foreshard.examples.report;

import java.util.List;
import java.util.Map;

/** A part of a report, one beneath the other. */
sealed interface Block {

    void writeTo(StringBuilder out, Palette palette);

    /** The heading of what follows. */
    record Section(String heading) implements Block {
        @Override
        public void writeTo(StringBuilder out, Palette palette) {
            out.append("<h2>").append(Html.escape(heading)).append("</h2>\n");
        }
    }

    /** Plain text. */
    record Paragraph(String text) implements Block {
        @Override
        public void writeTo(StringBuilder out, Palette palette) {
            out.append("<p>").append(Html.escape(text)).append("</p>\n");
        }
    }

    /** Names and values at a glance. */
    record Facts(List<Map.Entry<String, String>> facts) implements Block {
        @Override
        public void writeTo(StringBuilder out, Palette palette) {
            out.append("<dl class=\"facts\">\n");
            for (Map.Entry<String, String> fact : facts) {
                out.append("<div><dt>").append(Html.escape(fact.getKey())).append("</dt><dd>");
                out.append(Html.escape(fact.getValue())).append("</dd></div>\n");
            }
            out.append("</dl>\n");
        }
    }

    /** A table. */
    record Tabled(Table table) implements Block {
        @Override
        public void writeTo(StringBuilder out, Palette palette) {
            table.writeTo(out);
        }
    }

    /** Plots over the same x axis; a single one has its own. */
    record Plotted(List<Plot> plots) implements Block {
        @Override
        public void writeTo(StringBuilder out, Palette palette) {
            Range shared = PlotSvg.sharedX(plots);
            int height = plots.size() == 1 ? PlotSvg.HEIGHT : PlotSvg.STACKED_HEIGHT;
            out.append("<div class=\"plots\">\n");
            for (Plot plot : plots) {
                new PlotSvg(plot, shared, palette, height).writeTo(out);
            }
            out.append("</div>\n");
        }
    }
}
