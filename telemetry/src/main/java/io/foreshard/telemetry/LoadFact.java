package io.foreshard.telemetry;

import io.foreshard.coreapi.NodeLoad;

/** What is known of a server node, one series each. */
public enum LoadFact {
    /** Share of its processors in use. */
    CPU {
        @Override
        public double of(NodeLoad load) {
            return load.cpu();
        }
    },
    /** Share of its memory that is not available to programs. */
    MEMORY {
        @Override
        public double of(NodeLoad load) {
            return load.memory();
        }
    },
    /** Share of its network capacity in use, the busier direction. */
    NETWORK {
        @Override
        public double of(NodeLoad load) {
            return load.network();
        }
    };

    /**
     * {@return this fact of a load, 0…1, or NaN when not known}
     *
     * @param load the load
     */
    public abstract double of(NodeLoad load);
}
