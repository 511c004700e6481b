package dev.bes.benchmarks.stub;

import java.util.List;
import java.util.Map;

/**
 * What the stub has recorded.
 *
 * @param jobs jobs that were submitted
 * @param starts all starts
 * @param startedTwice jobs that were started more than once
 * @param calls how many calls of each kind there were
 * @param noticedAfter for each polled finished job the time from its end to that poll, in milliseconds
 */
public record StubJournal(long jobs, long starts, long startedTwice, Map<String, Long> calls, List<Long> noticedAfter) {

    /** How many batches of rows were scored. */
    public long batches() {
        return calls.getOrDefault(StubModel.INFER, 0L);
    }

    /** How many calls there were. */
    public long allCalls() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }
}
