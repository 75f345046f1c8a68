package io.foreshard.examples.gateway;

import java.util.Locale;

/**
 * Whether the shaper helped one server's clients.
 *
 * @param name of the server
 * @param tail the percentile that is compared
 * @param tailRatio that percentile of small requests with the shaper, over that without
 * @param lateBefore small requests without an answer in time, without the shaper
 * @param lateAfter with it
 * @param uploadRatio uploads completed with the shaper, over those without
 */
record Verdict(String name, int tail, double tailRatio, long lateBefore, long lateAfter, double uploadRatio) {

    private static final double NOTABLE = 0.05;

    static Verdict of(SiteResult without, SiteResult with) {
        int tail = Math.min(without.tail(), with.tail());
        return new Verdict(
                without.name(),
                tail,
                with.percentile(tail) / without.percentile(tail),
                without.late(),
                with.late(),
                (double) with.uploads().completed() / without.uploads().completed());
    }

    boolean quickened() {
        return tailRatio < 1 - NOTABLE;
    }

    boolean slowed() {
        return tailRatio > 1 + NOTABLE;
    }

    boolean costsUploads() {
        return uploadRatio < 1 - NOTABLE;
    }

    boolean helped() {
        return quickened() && !costsUploads();
    }

    String sentence() {
        return name + ": " + judgement() + " " + facts();
    }

    private String judgement() {
        if (helped()) {
            return "it helped.";
        }
        if (quickened()) {
            return "it helped small requests, and uploads paid for it.";
        }
        if (slowed() || costsUploads()) {
            return "it did harm.";
        }
        return uploadRatio > 1 + NOTABLE ? "it helped uploads only." : "it did not help.";
    }

    private String facts() {
        return String.format(
                Locale.ROOT,
                "p%d of small requests × %.2f, late or unanswered %d → %d, uploads × %.2f.",
                tail,
                tailRatio,
                lateBefore,
                lateAfter,
                uploadRatio);
    }
}
