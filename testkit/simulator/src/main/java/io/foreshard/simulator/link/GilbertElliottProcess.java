package io.foreshard.simulator.link;

import java.util.SplittableRandom;

/** The two-state chain of {@link Loss.GilbertElliott}. */
final class GilbertElliottProcess implements LossProcess {

    private final Loss.GilbertElliott model;
    private final SplittableRandom random;
    private boolean bad;

    GilbertElliottProcess(Loss.GilbertElliott model, SplittableRandom random) {
        this.model = model;
        this.random = random;
    }

    @Override
    public boolean losesNext() {
        boolean lost = random.nextDouble() < (bad ? model.lossInBad() : model.lossInGood());
        boolean switches = random.nextDouble() < (bad ? model.badToGood() : model.goodToBad());
        bad ^= switches;
        return lost;
    }
}
