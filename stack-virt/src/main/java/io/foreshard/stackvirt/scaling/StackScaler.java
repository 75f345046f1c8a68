package io.foreshard.stackvirt.scaling;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.IdleTimeForecaster;
import io.foreshard.runtime.Checks;
import io.foreshard.stackvirt.regret.MemoryPrice;
import io.foreshard.stackvirt.regret.RegretGate;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.traffic.AuxiliaryTask;
import io.foreshard.stackvirt.traffic.ForecastFeed;
import io.foreshard.stackvirt.traffic.TrafficExperience;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Scales the stacks of a machine: watches their messages, foretells, plans, and reckons all the time what the reactive policy would have done on the same messages.
 * Memory has one price for all kinds, at which prediction spends no more of it than the reactive policy would. One thread at a time.
 */
public final class StackScaler {

    /** How much memory-time prediction may spend for what the reactive policy would. */
    public static final double DEFAULT_MEMORY_BUDGET = 0.99;

    private static final int MOST_KINDS = 256;

    private final ScalingPolicy predictive;
    private final ScalingPolicy reactive;
    private final MemoryPrice price;
    private final TrafficExperience experience = new TrafficExperience();
    private final Map<String, KindScaler> kinds = new LinkedHashMap<>();
    private final RegretGate gate;
    private final EngineObserver observer;
    private final Supplier<Optional<IdleTimeForecaster>> idleTimes;
    private final Supplier<Optional<ForecastFeed>> forecasts;
    private final Map<AuxiliaryTask, Double> taskSeconds;
    private double lastSpent;
    private double lastReactive;
    private long lastExposed;
    private long lastReactiveExposed;

    private StackScaler(Builder builder) {
        predictive = builder.predictive;
        reactive = builder.reactive;
        observer = builder.observer;
        idleTimes = builder.idleTimes;
        forecasts = builder.forecasts();
        taskSeconds = Map.copyOf(builder.taskSeconds);
        gate = new RegretGate(builder.mode, "stacks", builder.listener);
        price = new MemoryPrice(builder.memoryBudget);
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds a kind.
     *
     * @param name not used yet
     * @param bounds what it may have
     * @throws IllegalArgumentException if the name is used, or there are 256 kinds
     */
    public KindScaler kind(String name, ScalingView.Bounds bounds) {
        Checks.require(!kinds.containsKey(name), "name", name, "one that is not used yet");
        Checks.require(kinds.size() < MOST_KINDS, "kinds", kinds.size(), "fewer than " + MOST_KINDS);
        KindScaler kind = new KindScaler(name, bounds, this);
        kinds.put(name, kind);
        return kind;
    }

    /**
     * Ends a slot; to be called once a second.
     *
     * @param nowMillis the time, in milliseconds since 1970
     */
    public void tick(long nowMillis) {
        double spent = 0;
        double reacted = 0;
        long exposed = 0;
        long reactiveExposed = 0;
        for (KindScaler kind : kinds.values()) {
            kind.tick(nowMillis);
            spent += kind.predictiveStock().megabyteSeconds();
            reacted += kind.reactiveStock().megabyteSeconds();
            exposed += kind.predictiveStock().exposed();
            reactiveExposed += kind.reactiveStock().exposed();
        }
        price.second(spent - lastSpent, reacted - lastReactive);
        gate.second(
                nowMillis,
                exposed - lastExposed + MemoryPrice.FIRST * (spent - lastSpent),
                reactiveExposed - lastReactiveExposed + MemoryPrice.FIRST * (reacted - lastReactive));
        lastExposed = exposed;
        lastReactiveExposed = reactiveExposed;
        lastSpent = spent;
        lastReactive = reacted;
    }

    /** Returns whether prediction decides now. */
    public boolean isPredictive() {
        return gate.isOpen();
    }

    /** Returns whether prediction decides, and why. */
    public GateReport gate() {
        return gate.report();
    }

    /** Returns the price of memory, in messages per megabyte-second. */
    public double price() {
        return price.messagesPerMegabyteSecond();
    }

    TrafficExperience experience() {
        return experience;
    }

    ScalingPolicy predictive() {
        return predictive;
    }

    ScalingPolicy reactive() {
        return reactive;
    }

    EngineObserver observer() {
        return observer;
    }

    Supplier<Optional<IdleTimeForecaster>> idleTimes() {
        return idleTimes;
    }

    Supplier<Optional<ForecastFeed>> forecasts() {
        return forecasts;
    }

    Map<AuxiliaryTask, Double> taskSeconds() {
        return taskSeconds;
    }

    /** Collects the settings. */
    public static final class Builder {

        private ScalingPolicy predictive = new ReadinessLadder(new PredictiveScaling());
        private ScalingPolicy reactive = new ConcurrencyScaling();
        private GateMode mode = GateMode.FREE;
        private GateListener listener = GateListener.NOOP;
        private EngineObserver observer = EngineObserver.NOOP;
        private Supplier<Optional<IdleTimeForecaster>> idleTimes = Optional::empty;
        private Optional<Supplier<? extends Forecaster>> forecasters = Optional.empty();
        private Executor forecastExecutor = Runnable::run;
        private double memoryBudget = DEFAULT_MEMORY_BUDGET;
        private final Map<AuxiliaryTask, Double> taskSeconds = new EnumMap<>(AuxiliaryTask.class);

        private Builder() {}

        /**
         * Sets who decides while it is the better, default a {@link ReadinessLadder} of {@link PredictiveScaling}.
         *
         * @param policy pure
         * @return this
         */
        public Builder predictive(ScalingPolicy policy) {
            predictive = policy;
            return this;
        }

        /**
         * Sets who decides else, default {@link ConcurrencyScaling}.
         *
         * @param policy pure
         * @return this
         */
        public Builder reactive(ScalingPolicy policy) {
            reactive = policy;
            return this;
        }

        /**
         * Sets whether prediction may decide, default {@link GateMode#FREE}. If not, it is reckoned in the shadow of the reactive policy.
         *
         * @param value whether
         * @return this
         */
        public Builder gateMode(GateMode value) {
            mode = value;
            return this;
        }

        /**
         * Sets who is told when prediction begins or ends to decide.
         *
         * @param value called by the thread that calls {@link StackScaler#tick}
         * @return this
         */
        public Builder gateListener(GateListener value) {
            listener = value;
            return this;
        }

        /**
         * Sets who is told why numbers of stacks change.
         *
         * @param value called by the thread that plans
         * @return this
         */
        public Builder observer(EngineObserver value) {
            observer = value;
            return this;
        }

        /**
         * Sets what tells when a stack is used next by idle times alone, for {@link IdleHistogramScaling}; steps are seconds.
         *
         * @param value gives one for each kind
         * @return this
         */
        public Builder idleTimes(Supplier<IdleTimeForecaster> value) {
            idleTimes = () -> Optional.of(value.get());
            return this;
        }

        /**
         * Sets what foretells how many messages a kind has at a time, default none. Each is fed the most at a time of each second, and asked each second for as many seconds as a cold
         * start takes and a few; what it says counts as far as it has made forecasts better. One that fails, or answers too late, is left out and counted as
         * {@link io.foreshard.stackvirt.traffic.ForecastReason}.
         *
         * @param each gives a new one for each kind
         * @param executor runs them, a task per kind and second; {@code Runnable::run} for those that take microseconds
         * @return this
         */
        public Builder forecasters(Supplier<? extends Forecaster> each, Executor executor) {
            forecasters = Optional.of(each);
            forecastExecutor = executor;
            return this;
        }

        /**
         * Sets what foretells how many messages a kind has at a time, run by the thread that ticks: for forecasters that take microseconds.
         *
         * @param each gives a new one for each kind
         * @return this
         */
        public Builder forecasters(Supplier<? extends Forecaster> each) {
            return forecasters(each, Runnable::run);
        }

        /**
         * Sets how long one auxiliary task occupies a place that a message could have; zero if tasks of this sort are messages as well. Default: as long as messages of the kind
         * do, by measurement.
         *
         * @param task which
         * @param time up to an hour
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder taskTime(AuxiliaryTask task, Duration time) {
            taskSeconds.put(task, Checks.duration("taskTime", time, Duration.ZERO, Duration.ofHours(1)) / 1e9);
            return this;
        }

        private Supplier<Optional<ForecastFeed>> forecasts() {
            Executor executor = forecastExecutor;
            EngineObserver told = observer;
            Optional<Supplier<? extends Forecaster>> each = forecasters;
            return () -> each.map(forecaster -> new ForecastFeed(forecaster.get(), executor, told));
        }

        /**
         * Sets how much memory-time prediction may spend for what the reactive policy would, default {@value StackScaler#DEFAULT_MEMORY_BUDGET}.
         *
         * @param value 0.1…10
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder memoryBudget(double value) {
            memoryBudget = Checks.inRange("memoryBudget", value, 0.1, 10);
            return this;
        }

        /** Returns a new scaler without kinds. */
        public StackScaler build() {
            return new StackScaler(this);
        }
    }
}
