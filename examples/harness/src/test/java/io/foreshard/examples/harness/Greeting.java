package io.foreshard.examples.harness;

/** A program that says hello. */
final class Greeting {

    private Greeting() {}

    /** Prints a line. */
    public static void main(String[] arguments) {
        System.out.print("hello " + arguments[0] + "\n");
    }
}
