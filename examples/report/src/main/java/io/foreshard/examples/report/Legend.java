package io.foreshard.examples.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The names of a plot beside what stands for them. Levels are labelled where they are. */
final class Legend {

    private static final int UNDASHED = 4;

    private final Plot plot;
    private final Map<String, Integer> colours;

    Legend(Plot plot, Map<String, Integer> colours) {
        this.plot = plot;
        this.colours = colours;
    }

    static Set<String> colouredNames(Plot plot) {
        Set<String> names = new LinkedHashSet<>();
        for (Layer layer : plot.layers()) {
            if (layer instanceof Layer.Series || layer instanceof Layer.Band) {
                names.add(layer.name());
            }
        }
        return names;
    }

    /** The colours of the first four names differ enough for any eye; later ones are also dashed. */
    static boolean isDashed(Plot plot, String name) {
        return List.copyOf(colouredNames(plot)).indexOf(name) >= UNDASHED;
    }

    static Set<String> shadeNames(Plot plot) {
        Set<String> names = new LinkedHashSet<>();
        for (Layer layer : plot.layers()) {
            if (layer instanceof Layer.Shade) {
                names.add(layer.name());
            }
        }
        return names;
    }

    void writeTo(StringBuilder out) {
        out.append("<ul class=\"legend\">");
        for (String name : colouredNames(plot)) {
            item(out, glyph(name, colours.getOrDefault(name, 0)), name);
        }
        int tint = 0;
        for (String name : shadeNames(plot)) {
            item(out, "<rect class=\"shade s" + tint++ % 3 + "\" width=\"26\" height=\"14\"/>", name);
        }
        out.append("</ul>");
    }

    private static void item(StringBuilder out, String glyph, String name) {
        out.append("<li><svg class=\"key\" viewBox=\"0 0 26 14\" aria-hidden=\"true\">")
                .append(glyph)
                .append("</svg>");
        out.append(Html.escape(name)).append("</li>");
    }

    /** All that is drawn under the name, one on the other. */
    private String glyph(String name, int colour) {
        Set<String> parts = new LinkedHashSet<>();
        for (Layer layer : plot.layers()) {
            if (layer.name().equals(name)) {
                parts.add(part(layer, " c" + colour + (isDashed(plot, name) ? " dashed" : "")));
            }
        }
        return String.join("", parts);
    }

    private static String part(Layer layer, String colour) {
        if (layer instanceof Layer.Band) {
            return "<path class=\"band" + colour + "\" d=\"M0 1h26v12H0Z\"/>";
        }
        if (layer instanceof Layer.Series series) {
            return switch (series.form()) {
                case LINE -> "<path class=\"line" + colour + "\" d=\"M1 7h24\"/>";
                case STEPS -> "<path class=\"line" + colour + "\" d=\"M1 11h12v-8h12\"/>";
                case POINTS -> "<path class=\"points" + colour + "\" d=\"M13 7h0\"/>";
            };
        }
        return "";
    }
}
