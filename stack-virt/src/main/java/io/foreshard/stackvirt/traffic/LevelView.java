package io.foreshard.stackvirt.traffic;

/** Where one stack of a kind stands at the end of a slot. Reused. */
final class LevelView {

    /** The slot, counted from 1970. */
    long slot;
    /** Slots since it was needed; 0 if in this one. */
    long age;
    /** The same of the stack below it; 0 for the first. */
    long ageBelow;
    /** How long it had not been needed before it was needed last. */
    long lastGap;
    /** How often it was needed of late: three grades of four. */
    int frequency;
    /** How much room the stacks below have left, and whether it shrinks: sixteen grades of three. */
    int room;
}
