package dev.bes.sandbox.analytics;

import java.util.Arrays;
import java.util.List;

/**
 * A histogram of times with buckets of fixed limits, eight to an octave, so a percentile is right within 6 percent. It
 * holds only the buckets from the first to the last that has a count. The owner guards it against concurrent use.
 */
final class Latencies {

    private static final int SUB_BITS = 3;
    private static final int FIRST_OCTAVE = 10;
    private static final int BUCKETS = 32 << SUB_BITS;

    private int first;
    private long[] counts = new long[0];

    void add(long nanos) {
        int bucket = bucket(nanos);
        cover(bucket, bucket);
        counts[bucket - first]++;
    }

    void add(Latencies more) {
        if (more.counts.length == 0) {
            return;
        }
        cover(more.first, more.first + more.counts.length - 1);
        for (int i = 0; i < more.counts.length; i++) {
            counts[more.first - first + i] += more.counts[i];
        }
    }

    /** @throws IllegalArgumentException when there is no such bucket */
    static Latencies of(Saved saved) {
        if (saved.first() < 0 || saved.first() > BUCKETS || saved.counts().size() > BUCKETS - saved.first()) {
            throw new IllegalArgumentException("a time beyond the last bucket");
        }
        Latencies latencies = new Latencies();
        latencies.first = saved.first();
        latencies.counts = saved.counts().stream().mapToLong(Long::longValue).toArray();
        return latencies;
    }

    /**
     * The time that a share of the calls does not exceed, in nanoseconds; 0 without calls.
     *
     * @param share above 0, at most 1
     */
    long percentile(double share) {
        long rank = (long) Math.ceil(share * Arrays.stream(counts).sum());
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return (start(first + i) + start(first + i + 1)) / 2;
            }
        }
        return 0;
    }

    Saved saved() {
        return new Saved(first, Arrays.stream(counts).boxed().toList());
    }

    private void cover(int from, int to) {
        if (counts.length == 0) {
            first = from;
            counts = new long[to - from + 1];
            return;
        }
        int newFirst = Math.min(first, from);
        int newLast = Math.max(first + counts.length - 1, to);
        if (newLast - newFirst + 1 > counts.length) {
            long[] wider = new long[newLast - newFirst + 1];
            System.arraycopy(counts, 0, wider, first - newFirst, counts.length);
            first = newFirst;
            counts = wider;
        }
    }

    private static int bucket(long nanos) {
        int octave = 63 - Long.numberOfLeadingZeros(Math.max(nanos, 1L << FIRST_OCTAVE));
        int part = (int) (Math.max(nanos, 1L << FIRST_OCTAVE) >>> (octave - SUB_BITS)) & ((1 << SUB_BITS) - 1);
        return Math.min(((octave - FIRST_OCTAVE) << SUB_BITS) + part, BUCKETS - 1);
    }

    private static long start(int bucket) {
        int octave = FIRST_OCTAVE + (bucket >> SUB_BITS);
        long part = (1L << SUB_BITS) + (bucket & ((1 << SUB_BITS) - 1));
        return part << (octave - SUB_BITS);
    }

    /** As it is in the file. */
    record Saved(int first, List<Long> counts) {}
}
