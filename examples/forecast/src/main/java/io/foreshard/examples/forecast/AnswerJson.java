package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.forecast.automatic.CandidateScore;
import io.foreshard.forecast.series.IngestReport;
import io.foreshard.forecast.series.RegularSeries;

/** The answer as JSON. Members are only ever added; one that changes its meaning gets a new name or a new schema number. */
final class AnswerJson {

    static final String SCHEMA = "foreshard-forecast/1";

    private AnswerJson() {}

    static String of(Answer answer) {
        JsonWriter json = new JsonWriter().object().member("schema", SCHEMA);
        series(json, answer.source());
        ingest(json, answer.source().gridded().report());
        model(json, answer.choice());
        backTest(json, answer);
        forecast(json, answer);
        return json.endObject().text();
    }

    private static void series(JsonWriter json, Source source) {
        RegularSeries series = source.series();
        json.object("series")
                .member("name", source.name())
                .member("start", series.start().toString())
                .member("end", series.time(series.length() - 1).toString())
                .member("stepSeconds", series.stepNanos() / 1e9)
                .member("steps", series.length())
                .endObject();
    }

    private static void ingest(JsonWriter json, IngestReport report) {
        json.object("ingest")
                .member("samples", report.samples())
                .member("stepInferred", report.stepInferred())
                .member("missingSteps", report.missingSteps())
                .member("duplicates", report.duplicates())
                .member("unordered", report.unordered())
                .member("notNumbers", report.notNumbers())
                .member("shifted", report.shifted())
                .member("jumps", report.jumps())
                .member("dropped", report.dropped())
                .endObject();
    }

    private static void model(JsonWriter json, Choice choice) {
        json.object("model")
                .member("forecaster", choice.forecaster())
                .member("description", choice.description())
                .numbers(
                        "periods",
                        choice.periods().stream()
                                .mapToDouble(Integer::doubleValue)
                                .toArray())
                .array("candidates");
        for (CandidateScore candidate : choice.candidates()) {
            json.object()
                    .member("name", candidate.name())
                    .member("description", candidate.description())
                    .member("nextStepError", candidate.nextStepError())
                    .member("error", candidate.error())
                    .member("nextStepWeight", candidate.nextStepWeight())
                    .member("weight", candidate.weight())
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void backTest(JsonWriter json, Answer answer) {
        json.object("backTest")
                .member("horizonSteps", answer.question().horizonSteps())
                .member("windows", answer.plan().windows())
                .array("methods");
        for (MethodScore score : answer.scores()) {
            json.object();
            score(json, score);
            json.endObject();
        }
        json.endArray().endObject();
    }

    static void score(JsonWriter json, MethodScore score) {
        json.member("name", score.name())
                .member("mase", score.mase())
                .member("relativeMae", score.relativeMae())
                .member("smapePercent", score.smape())
                .member("msis95", score.msis())
                .member("coverage95", score.coverage())
                .member("dieboldMariano", score.comparison())
                .member("pValue", score.pValue())
                .member("cpuMillis", score.cpuMillis());
    }

    private static void forecast(JsonWriter json, Answer answer) {
        Forecast future = answer.future();
        double[] levels = answer.question().levels();
        json.object("forecast").numbers("levels", levels).array("steps");
        for (int step = 1; step <= future.horizonSteps(); step++) {
            double[] quantiles = new double[levels.length];
            for (int row = 0; row < levels.length; row++) {
                quantiles[row] = future.quantile(levels[row], step);
            }
            json.object()
                    .member(
                            "time",
                            answer.source().series().time(answer.indexOf(step)).toString())
                    .member("mean", future.mean(step))
                    .numbers("quantiles", quantiles)
                    .endObject();
        }
        json.endArray().endObject();
    }
}
