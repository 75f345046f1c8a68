package io.foreshard.jmh.striping.live;

import io.foreshard.jmh.run.ContestantException;
import java.io.IOException;
import java.util.Locale;

/** What happens to a relay in the middle of a transfer, and how it is taken back. */
enum Fault {
    KILLED {
        @Override
        void strike(Stand stand, int relay) throws IOException, InterruptedException {
            stand.relay(relay).signal("KILL");
        }

        @Override
        void undo(Stand stand, int relay) throws IOException, ContestantException, InterruptedException {
            stand.restart(relay);
        }
    },
    FROZEN {
        @Override
        void strike(Stand stand, int relay) throws IOException, InterruptedException {
            stand.relay(relay).signal("STOP");
        }

        @Override
        void undo(Stand stand, int relay) throws IOException, InterruptedException {
            stand.relay(relay).signal("CONT");
        }
    },
    BLACK_HOLED {
        @Override
        void strike(Stand stand, int relay) throws ContestantException, InterruptedException {
            stand.paths.cut(relay);
        }

        @Override
        void undo(Stand stand, int relay) throws ContestantException, InterruptedException {
            stand.paths.mend(relay);
        }
    },
    RESET {
        @Override
        void strike(Stand stand, int relay) throws ContestantException, InterruptedException {
            stand.paths.reset(relay);
        }

        @Override
        void undo(Stand stand, int relay) {
            // The relay itself lives.
        }
    },
    SLOWED {
        @Override
        void strike(Stand stand, int relay) throws ContestantException, InterruptedException {
            stand.paths.rate(relay, FailoverContest.MEGABITS / 50.0);
        }

        @Override
        void undo(Stand stand, int relay) throws ContestantException, InterruptedException {
            stand.paths.rate(relay, FailoverContest.MEGABITS);
        }
    },
    FLAPPING {
        @Override
        void strike(Stand stand, int relay) throws IOException, InterruptedException {
            for (int i = 0; i < FLAPS; i++) {
                stand.relay(relay).signal("STOP");
                Thread.sleep(FLAP_MILLIS);
                stand.relay(relay).signal("CONT");
                Thread.sleep(FLAP_MILLIS);
            }
        }

        @Override
        void undo(Stand stand, int relay) {
            // It ends by itself.
        }
    };

    private static final int FLAPS = 4;
    private static final long FLAP_MILLIS = 300;

    abstract void strike(Stand stand, int relay) throws IOException, ContestantException, InterruptedException;

    abstract void undo(Stand stand, int relay) throws IOException, ContestantException, InterruptedException;

    /** Returns what figures call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
