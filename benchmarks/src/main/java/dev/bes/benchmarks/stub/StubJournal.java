package dev.bes.benchmarks.stub;

import java.util.List;
import java.util.Map;

/**
 * What the remote side has seen.
 *
 * @param jobs jobs that were submitted
 * @param starts starts, every one of them
 * @param startedTwice jobs that were started more than once
 * @param calls how many calls of each kind there were
 * @param noticedAfter how long each job that was seen to be at its end had been there, in milliseconds
 */
public record StubJournal(long jobs, long starts, long startedTwice, Map<String, Long> calls, List<Long> noticedAfter) {

    /** How many calls there were. */
    public long allCalls() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }
}
