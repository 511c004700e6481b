package dev.bes.sandbox.settings;

/**
 * The token buckets of Azure Resource Manager; a call that finds its bucket empty is answered 429. Source: "request limits and
 * throttling" of Azure Resource Manager.
 *
 * @param reads size of the bucket of GETs
 * @param readsPerSecond tokens that it gets each second
 * @param writes size of the bucket of all other calls
 * @param writesPerSecond tokens that it gets each second
 */
public record ArmLimits(int reads, double readsPerSecond, int writes, double writesPerSecond) {

    /** The documented limits of a principal in a subscription and region. */
    public static final ArmLimits DEFAULT = new ArmLimits(250, 25, 200, 10);

    /** @throws IllegalArgumentException when a bucket holds nothing, or never gets a token */
    public ArmLimits {
        if (reads < 1 || writes < 1 || !(readsPerSecond > 0) || !(writesPerSecond > 0)) {
            throw new IllegalArgumentException("The limits of Azure Resource Manager must be > 0");
        }
    }
}
