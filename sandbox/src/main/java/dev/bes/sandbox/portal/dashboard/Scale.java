package dev.bes.sandbox.portal.dashboard;

/**
 * A vertical scale from zero to a round number.
 *
 * @param top the value at the upper end
 */
record Scale(double top) {

    private static final int PARTS = 4;

    /** A scale that holds values up to a maximum. */
    static Scale upTo(double most) {
        double wanted = Math.max(most, PARTS) / PARTS;
        double power = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            double part = factor * power;
            if (part >= wanted && part == Math.rint(part)) {
                return new Scale(part * PARTS);
            }
        }
        return new Scale(10 * power * PARTS);
    }

    /** The value of a line of the grid, from 0 for the lowest to 4. */
    double line(int number) {
        return top * number / PARTS;
    }
}
