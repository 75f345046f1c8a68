package io.foreshard.runtime;

import io.foreshard.coreapi.GateReport;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A gate between forecasts and decisions has changed. */
@Name("io.foreshard.Gate")
@Label("Gate")
@Description("Whether forecasts decide, and why")
@Category("Foreshard")
@StackTrace(false)
final class GateEvent extends Event {

    @Label("Subject")
    String subject;

    @Label("Reason")
    String reason;

    @Label("Scaled Error")
    @Description("Error of the forecasts in units of the naive forecast's")
    double scaledError;

    @Label("Regret")
    @Description("Mean log cost of predictive decisions above that of the control group's")
    double regret;

    @Label("Regret Error")
    double regretError;

    @Label("Pairs")
    @Description("Pairs of predictive and reactive slots that were compared")
    long pairs;

    private GateEvent(String subject, GateReport report) {
        this.subject = subject;
        this.reason = report.reason().name();
        this.scaledError = report.scaledError();
        this.regret = report.regret();
        this.regretError = report.regretError();
        this.pairs = report.pairs();
    }

    static void emit(String subject, GateReport report) {
        GateEvent event = new GateEvent(subject, report);
        if (event.shouldCommit()) {
            event.commit();
        }
    }
}
