package dev.bes.sandbox.analytics;

/** Number, sum, least and most of some times. The owner guards it against concurrent use. */
final class Times {

    private long count;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long most;

    void add(long nanos) {
        count++;
        sum += nanos;
        least = Math.min(least, nanos);
        most = Math.max(most, nanos);
    }

    void add(Times more) {
        count += more.count;
        sum += more.sum;
        least = Math.min(least, more.least);
        most = Math.max(most, more.most);
    }

    static Times of(Saved saved) {
        Times times = new Times();
        times.count = saved.count();
        times.sum = saved.sum();
        times.least = saved.least();
        times.most = saved.most();
        return times;
    }

    long average() {
        return count == 0 ? 0 : sum / count;
    }

    long least() {
        return count == 0 ? 0 : least;
    }

    long most() {
        return most;
    }

    Saved saved() {
        return new Saved(count, sum, least, most);
    }

    /** As it is in the file; times in nanoseconds. */
    record Saved(long count, long sum, long least, long most) {}
}
