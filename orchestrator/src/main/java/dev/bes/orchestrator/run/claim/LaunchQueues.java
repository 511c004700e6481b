package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/** SQL on the queues that wait for an endpoint: scorings of one definition, pool and fairness key, in the order in which they are due. */
public final class LaunchQueues {
    /** How many queues of a definition one statement looks at. */
    public static final int WINDOW = 100;

    /** What one queue has due, by the index of launches from left to right. */
    private static final String DUE = """
            sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = :endpoint
              AND definition = %s AND pool = %s AND fairness_key = %s AND due_at <= now()
            ORDER BY due_at LIMIT %s""";

    /** The rows of a queue of {@code live} on an endpoint {@code e.endpoint}, to be followed by conditions and an order. */
    static final String OF_LIVE = """
            SELECT due_at FROM scoring
            WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = e.endpoint
              AND definition = live.definition AND pool = live.pool AND fairness_key = live.fairness_key""";

    private static final String FIRST_DUE = DUE.formatted("live.definition", "live.pool", "live.fairness_key", "1");

    /**
     * The rows that no lot is drawn for: what is submitted already has its slot, and then {@code room} of the queue that is alone,
     * if one is and needs no pool; {@code limit} in all.
     */
    static final String WITHOUT_LOTS = "WITH RECURSIVE " + live(":endpoint")
            + """
            ,
            waiting AS (
                SELECT live.* FROM live CROSS JOIN LATERAL (SELECT FROM scoring WHERE %s) first LIMIT 2),
            single AS MATERIALIZED (
                SELECT min(definition) AS definition, min(fairness_key) AS fairness_key FROM waiting
                HAVING count(*) = 1 AND min(pool) = ''),
            bound AS (
                SELECT id FROM scoring
                WHERE sweep = 'launch' AND step = 'SUBMITTED' AND endpoint = :endpoint AND due_at <= now()
                ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED),
            alone AS (
                SELECT id FROM scoring WHERE %s FOR UPDATE SKIP LOCKED)
            SELECT id FROM bound UNION ALL SELECT id FROM alone""".formatted(
                            FIRST_DUE,
                            DUE.formatted(
                                    "(SELECT definition FROM single)",
                                    "''",
                                    "(SELECT fairness_key FROM single)",
                                    "least(:room, :limit - (SELECT count(*) FROM bound))"));

    private static final String PRIORITIES = """

            SELECT live.*, first.priority FROM live LEFT JOIN LATERAL (SELECT priority FROM scoring WHERE %s) first ON true""".formatted(FIRST_DUE);

    /** The first queues of each definition, and the priority of what has been due the longest in each; null if nothing is due. */
    static final String WAITING = "WITH RECURSIVE " + live(":endpoint") + PRIORITIES;

    /** The same for the queues of one {@code :definition} that come after {@code (:pool, :key)}. */
    static final String WAITING_AFTER = "WITH RECURSIVE "
            + live(
                    next(":endpoint", "definition = :definition AND (pool, fairness_key) > (:pool, :key)", "1"),
                    next(
                            ":endpoint",
                            "definition = queues.definition AND (pool, fairness_key) > (queues.pool, queues.fairness_key)"
                                    + " AND queues.n < " + WINDOW,
                            "queues.n + 1"))
            + PRIORITIES;

    private LaunchQueues() {}

    /**
     * The due rows of so many queues, in order of time within each, by the parameters {@code definition0}, {@code pool0},
     * {@code key0}, {@code size0} and so on. Every size is a parameter of its own: one that comes from a row looks to the planner
     * like a tenth of all rows, and it would read and sort them all.
     */
    static String due(int queues) {
        return IntStream.range(0, queues)
                .mapToObj(i -> "SELECT id FROM (SELECT id FROM scoring WHERE %s FOR UPDATE SKIP LOCKED) queue%d"
                        .formatted(DUE.formatted(":definition" + i, ":pool" + i, ":key" + i, ":size" + i), i))
                .collect(joining("\nUNION ALL\n"));
    }

    /**
     * The first queues of each definition with something to launch on an endpoint, due or not, as a part of a recursive query:
     * {@code live}, with the number {@code n} of the queue in its definition.
     */
    public static String live(String endpoint) {
        // from one queue to the next by the index, without a look at the rows between; by one of two ways, and the
        // other is not gone
        return live(
                next(endpoint, "true", "1"),
                "%s UNION ALL %s"
                        .formatted(
                                next(
                                        endpoint,
                                        "queues.n < %d AND (definition, pool, fairness_key) > (queues.definition, queues.pool, queues.fairness_key)"
                                                .formatted(WINDOW),
                                        "CASE definition WHEN queues.definition THEN queues.n + 1 ELSE 1 END"),
                                next(
                                        endpoint,
                                        "queues.n = %d AND definition > queues.definition".formatted(WINDOW),
                                        "1")));
    }

    private static String next(String endpoint, String condition, String n) {
        return """
                (SELECT definition, pool, fairness_key, %s AS n FROM scoring
                 WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = %s AND %s
                 ORDER BY definition, pool, fairness_key LIMIT 1)""".formatted(n, endpoint, condition);
    }

    private static String live(String first, String next) {
        return """
                live(definition, pool, fairness_key, n) AS (
                    %s
                    UNION ALL
                    SELECT next.* FROM live AS queues CROSS JOIN LATERAL (%s) next)""".formatted(first, next);
    }
}
