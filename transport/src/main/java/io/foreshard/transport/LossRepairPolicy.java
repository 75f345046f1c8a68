package io.foreshard.transport;

/**
 * Copies as the loss demands and the budget allows. In the first round a message repairs several shards, each with one copy, or two
 * while much of the budget is left; what is lost again is rare, and enough copies leave that a third round is unlikely. A quarter of
 * the budget is kept for those. None where a queue is seen: more packets into a full queue make it worse.
 */
final class LossRepairPolicy implements RepairPolicy {

    private static final double LEAST_LOSS = 0.002;
    private static final double TOLERATED_RISK = 0.002;
    private static final int MOST_COPIES = 3;

    @Override
    public int copies(View view) {
        if (view.lossRatio() < LEAST_LOSS || view.isQueueing()) {
            return 0;
        }
        int most = view.round() > 1 ? MOST_COPIES : view.affordable() > view.budget() / 2 ? 2 : 1;
        int reserved = view.round() > 1 ? 0 : view.budget() / 4;
        return Math.max(0, Math.min(Math.min(wanted(view), most), view.affordable() - reserved));
    }

    /** Returns how many copies make it unlikely that one of the shards that are repaired together is lost again. */
    private static int wanted(View view) {
        double together = view.round() > 1 ? 1 : Math.max(1, view.shards() * view.lossRatio());
        double risk = together * view.lossRatio();
        int copies = 0;
        while (risk > TOLERATED_RISK && copies < MOST_COPIES) {
            risk *= view.lossRatio();
            copies++;
        }
        return copies;
    }
}
