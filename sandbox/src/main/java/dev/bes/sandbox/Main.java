package dev.bes.sandbox;

/** Entry point of the sandbox. */
public final class Main {
    private Main() {}

    /** Starts the sandbox. */
    public static void main(String[] args) {
        System.out.println("sandbox");
    }
}
