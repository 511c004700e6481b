package dev.bes.testbench.proxy;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The calls that a fault applies to. */
public final class When {

    private final Predicate<Call> calls;
    private final int times;

    private When(Predicate<Call> calls, int times) {
        this.calls = calls;
        this.times = times;
    }

    /** Every call. */
    public static When always() {
        return new When(call -> true, Integer.MAX_VALUE);
    }

    /**
     * HTTP requests.
     *
     * @param target a regular expression that is found in path and query
     */
    public static When request(String method, String target) {
        Pattern pattern = Pattern.compile(target);
        return new When(
                call -> call instanceof Call.Http http
                        && http.method().equals(method)
                        && pattern.matcher(http.target()).find(),
                Integer.MAX_VALUE);
    }

    /** COMMIT of a PostgreSQL client. */
    public static When commit() {
        return new When(call -> call instanceof Call.Postgres sql && sql.commits(), Integer.MAX_VALUE);
    }

    /** Only the HTTP requests among them for which a connection is used again. */
    public When onUsedConnections() {
        return new When(calls.and(call -> call instanceof Call.Http http && !http.isFirst()), times);
    }

    /** Only the first so many of them. */
    public When next(int calls) {
        return new When(this.calls, calls);
    }

    boolean matches(Call call) {
        return calls.test(call);
    }

    int times() {
        return times;
    }
}
