package io.foreshard.jmh.shaper.overload;

/** How requests go to the server. */
enum Handling {
    UNSHAPED("unshaped"),
    /** The law knows no more than how busy the server is. */
    SHAPED_BY_LOAD("by-load"),
    /** The gateway tells the law as well what became of requests. */
    SHAPED_BY_OUTCOMES("by-outcomes");

    private final String label;

    Handling(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
