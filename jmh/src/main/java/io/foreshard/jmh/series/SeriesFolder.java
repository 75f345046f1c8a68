package io.foreshard.jmh.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What every contestant reads: an {@code index} (name,period,horizon) and one {@code name.csv} a series, one value a line. */
public final class SeriesFolder {

    private static final String INDEX = "index";

    private SeriesFolder() {}

    /** Writes a new folder. */
    public static Path write(Path folder, List<NamedSeries> series) throws IOException {
        Files.createDirectory(folder);
        StringBuilder index = new StringBuilder("name,period,horizon\n");
        for (NamedSeries each : series) {
            index.append(each.name() + "," + each.period() + "," + each.horizonSteps() + "\n");
            String lines = Arrays.stream(each.values())
                    .mapToObj(value -> Double.isNaN(value) ? "NaN" : Double.toString(value))
                    .collect(Collectors.joining("\n", "", "\n"));
            Files.writeString(folder.resolve(each.name() + ".csv"), lines);
        }
        Files.writeString(folder.resolve(INDEX), index);
        return folder;
    }

    /** Reads a folder. */
    public static List<NamedSeries> read(Path folder) throws IOException {
        List<NamedSeries> series = new ArrayList<>();
        for (String line :
                Files.readAllLines(folder.resolve(INDEX)).stream().skip(1).toList()) {
            String[] part = line.split(",", -1);
            double[] values = Files.readAllLines(folder.resolve(part[0] + ".csv")).stream()
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            series.add(new NamedSeries(part[0], Integer.parseInt(part[1]), Integer.parseInt(part[2]), values));
        }
        return series;
    }
}
