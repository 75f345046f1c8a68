package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.FlowClassifier;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the flow sharder relies on in a {@link FlowClassifier}. A test class implements {@link #classifier()} and inherits the tests. The
 * flows are the same in every run.
 */
public interface FlowClassifierContract {

    /** The most that a look may allocate on average, in bytes. */
    double MAX_BYTES_PER_LOOK = 1;

    /**
     * Returns the classifier under test; called at least once per test.
     *
     * @return a new one, as an application would configure it
     */
    FlowClassifier classifier();

    /** Whatever a flow looks like, it is of some kind. */
    @Test
    default void answersForEveryFlow() {
        FlowClassifier classifier = classifier();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            assertNotNull(classifier.classify(new RandomFlow(random)));
        }
    }

    /** Flows that were looked at before do not count. */
    @Test
    default void saysTheSameOfTheSameFlow() {
        FlowClassifier classifier = classifier();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 5_000; i++) {
            RandomFlow flow = new RandomFlow(random);
            assertEquals(classifier().classify(flow), classifier.classify(flow));
        }
    }

    /** It is asked on the data path. */
    @Test
    default void allocatesNothing() {
        FlowClassifier classifier = classifier();
        RandomFlow flow = new RandomFlow(new SplittableRandom(3));
        int looks = 50_000;
        Runnable run = () -> {
            for (int i = 0; i < looks; i++) {
                classifier.classify(flow);
            }
        };
        run.run();
        double perLook = AllocatedBytes.by(run) / (double) looks;
        assertTrue(perLook <= MAX_BYTES_PER_LOOK, () -> perLook + " bytes per look");
    }
}
