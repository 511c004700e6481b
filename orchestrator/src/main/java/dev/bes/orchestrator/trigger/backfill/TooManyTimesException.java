package dev.bes.orchestrator.trigger.backfill;

/** More times lie in a range than one answer takes. */
public final class TooManyTimesException extends RuntimeException {
    TooManyTimesException() {
        super("More than %,d times lie in that range: ask for a shorter one".formatted(Partitions.MOST));
    }
}
