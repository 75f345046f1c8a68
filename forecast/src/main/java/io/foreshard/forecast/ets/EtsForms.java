package io.foreshard.forecast.ets;

import java.util.ArrayList;
import java.util.List;

/** The closed set of forms. */
final class EtsForms {

    /** Additive errors first, within them seasonless forms first; the order breaks ties. */
    static final List<EtsForm> ALL = all();

    private EtsForms() {}

    private static List<EtsForm> all() {
        List<EtsForm> forms = new ArrayList<>();
        for (EtsForm.ErrorType error : EtsForm.ErrorType.values()) {
            for (EtsForm.SeasonType season : EtsForm.SeasonType.values()) {
                if (error == EtsForm.ErrorType.MULTIPLICATIVE || season != EtsForm.SeasonType.MULTIPLICATIVE) {
                    for (EtsForm.TrendType trend : EtsForm.TrendType.values()) {
                        forms.add(new EtsForm(error, trend, season));
                    }
                }
            }
        }
        return List.copyOf(forms);
    }
}
