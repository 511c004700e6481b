package dev.bes.testbench.proxy;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Matches the calls that a fault applies to. */
public final class CallMatcher {

    private final Predicate<Call> calls;
    private final int times;

    private CallMatcher(Predicate<Call> calls, int times) {
        this.calls = calls;
        this.times = times;
    }

    /** Every call. */
    public static CallMatcher always() {
        return new CallMatcher(call -> true, Integer.MAX_VALUE);
    }

    /**
     * HTTP requests.
     *
     * @param methods a regular expression that the whole method matches
     * @param target a regular expression that is found in path and query
     */
    public static CallMatcher request(String methods, String target) {
        Pattern pattern = Pattern.compile(target);
        return new CallMatcher(
                call -> call instanceof Call.Http http
                        && http.method().matches(methods)
                        && pattern.matcher(http.target()).find(),
                Integer.MAX_VALUE);
    }

    /** COMMIT of a PostgreSQL client. */
    public static CallMatcher commit() {
        return new CallMatcher(call -> call instanceof Call.Postgres sql && sql.commits(), Integer.MAX_VALUE);
    }

    /** Of these, only HTTP requests on a reused connection. */
    public CallMatcher onUsedConnections() {
        return new CallMatcher(calls.and(call -> call instanceof Call.Http http && !http.isFirst()), times);
    }

    /** Of these, only the first calls, up to this number. */
    public CallMatcher next(int calls) {
        return new CallMatcher(this.calls, calls);
    }

    boolean matches(Call call) {
        return calls.test(call);
    }

    int times() {
        return times;
    }
}
