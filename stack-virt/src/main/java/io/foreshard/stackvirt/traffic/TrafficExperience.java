package io.foreshard.stackvirt.traffic;

/** What all kinds of stack of a machine learn together: which signs are to be trusted. One thread at a time. */
public final class TrafficExperience {

    final Mixer mixer = Experts.sharedMixer();
    final Mixer forecastMixer = ForecastExpert.mixer();

    /** Makes one that knows nothing. */
    public TrafficExperience() {}
}
