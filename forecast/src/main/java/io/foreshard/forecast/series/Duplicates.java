package io.foreshard.forecast.series;

/** What a step gets when several samples fall into it. */
public enum Duplicates {
    /** Their mean, whatever their order. */
    MEAN,
    /** The one that was added last, as when a source corrects what it sent. */
    LAST
}
