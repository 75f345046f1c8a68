package io.foreshard.examples.forecast;

/** The back-test of a folder as JSON. Members are only ever added, as in {@link AnswerJson}. */
final class FolderJson {

    static final String SCHEMA = "foreshard-backtest/1";

    private FolderJson() {}

    static String of(FolderAnswer answer) {
        JsonWriter json = new JsonWriter()
                .object()
                .member("schema", SCHEMA)
                .member("folder", answer.folder())
                .array("series");
        answer.series().forEach(score -> series(json, score));
        json.endArray().array("skipped");
        for (FolderAnswer.Skipped skipped : answer.skipped()) {
            json.object()
                    .member("name", skipped.name())
                    .member("reason", skipped.reason())
                    .endObject();
        }
        json.endArray();
        totals(json, answer);
        return json.endObject().text();
    }

    private static void series(JsonWriter json, SeriesScore score) {
        json.object()
                .member("name", score.source().name())
                .member("steps", score.source().series().length())
                .member("stepSeconds", score.source().series().stepNanos() / 1e9)
                .member("horizonSteps", score.plan().horizonSteps())
                .member("windows", score.plan().windows())
                .numbers(
                        "periods",
                        score.choice().periods().stream()
                                .mapToDouble(Integer::doubleValue)
                                .toArray())
                .member("model", score.choice().description())
                .member("ratio", score.ratio())
                .array("methods");
        for (MethodScore method : score.methods()) {
            json.object();
            AnswerJson.score(json, method);
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void totals(JsonWriter json, FolderAnswer answer) {
        json.object("total")
                .member("series", answer.series().size())
                .member("geometricMeanRatio", answer.meanRatio())
                .member("worstRatio", answer.worst().map(SeriesScore::ratio).orElse(Double.NaN))
                .member(
                        "worstSeries",
                        answer.worst().map(score -> score.source().name()).orElse(""))
                .member("meanCoverage95", answer.meanCoverage())
                .member("cpuMillis", answer.cpuMillis())
                .endObject();
    }
}
