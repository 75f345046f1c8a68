package io.foreshard.forecast.automatic;

import io.foreshard.forecast.arima.ArimaModel;
import io.foreshard.forecast.autoregression.RecursiveAutoregression;
import io.foreshard.forecast.baseline.NaiveModel;
import io.foreshard.forecast.baseline.SeasonalMeanModel;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.forecast.baseline.WindowMedianModel;
import io.foreshard.forecast.decomposition.SeasonallyAdjustedModel;
import io.foreshard.forecast.decomposition.SeasonallyAdjustedModel.InnerLoader;
import io.foreshard.forecast.ets.EtsModel;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.online.OnlineModel;
import io.foreshard.forecast.theta.ThetaModel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** Writes models of the kinds that a pool holds, each behind a tag of its own; a tag never changes its meaning. */
final class ModelCodec {

    private interface Loader {
        StreamingModel load(DataInput in) throws IOException;
    }

    private record Kind(Predicate<StreamingModel> holds, Loader loader) {

        static Kind of(Class<? extends StreamingModel> type, Loader loader) {
            return new Kind(model -> model.getClass() == type, loader);
        }

        static Kind adjusted(Class<? extends StreamingModel> inner, InnerLoader loader) {
            return new Kind(
                    model -> model instanceof SeasonallyAdjustedModel adjusted
                            && adjusted.inner().getClass() == inner,
                    in -> SeasonallyAdjustedModel.load(in, loader));
        }
    }

    private static final List<Kind> KINDS = List.of(
            Kind.of(NaiveModel.class, NaiveModel::load),
            Kind.of(SeasonalNaiveModel.class, SeasonalNaiveModel::load),
            Kind.of(SeasonalMeanModel.class, SeasonalMeanModel::load),
            Kind.of(WindowMedianModel.class, WindowMedianModel::load),
            Kind.of(RecursiveAutoregression.class, RecursiveAutoregression::load),
            Kind.of(EtsModel.class, EtsModel::load),
            Kind.of(ArimaModel.class, ArimaModel::load),
            Kind.of(ThetaModel.class, ThetaModel::load),
            Kind.of(OnlineModel.class, OnlineModel::load),
            Kind.adjusted(EtsModel.class, EtsModel::load),
            Kind.adjusted(ArimaModel.class, ArimaModel::load));

    private ModelCodec() {}

    static void write(StreamingModel model, DataOutput out) throws IOException {
        for (int tag = 0; tag < KINDS.size(); tag++) {
            if (KINDS.get(tag).holds().test(model)) {
                out.writeByte(tag);
                model.save(out);
                return;
            }
        }
        throw new IllegalStateException("model: " + model.getClass() + " (expected: one of the kinds of a pool)");
    }

    static StreamingModel read(DataInput in) throws IOException {
        int tag = in.readUnsignedByte();
        if (tag >= KINDS.size()) {
            throw new IOException("model tag: " + tag + " (expected: below " + KINDS.size() + ")");
        }
        return KINDS.get(tag).loader().load(in);
    }
}
