package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/** SQL on the queues that wait for an endpoint: scorings of one definition, pool and fairness key, in the order in which they are due. */
final class LaunchQueues {
    /** How many queues one statement looks at. */
    static final int WINDOW = 1_000;

    /** What one queue has due, by the index of launches from left to right. */
    private static final String DUE = """
            sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = :endpoint
              AND definition = %s AND pool = %s AND fairness_key = %s AND due_at <= now()
            ORDER BY due_at LIMIT %s""";

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

    /**
     * The first queues from {@code (:definition, :pool, :key)} on, and the priority of what has been due the longest in each; null if
     * nothing is due.
     */
    static final String WAITING =
            "WITH RECURSIVE " + live(":endpoint", "(:definition, :pool, :key)") + """

            SELECT live.*, first.priority FROM live LEFT JOIN LATERAL (SELECT priority FROM scoring WHERE %s) first ON true""".formatted(FIRST_DUE);

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

    /** The first queues of an endpoint with something to launch, due or not: {@code live}, as a part of a recursive query. */
    static String live(String endpoint) {
        return live(endpoint, "('', '', '')");
    }

    private static String live(String endpoint, String from) {
        // from one queue to the next by the index, without a look at the rows between
        String first = """
                SELECT definition, pool, fairness_key FROM scoring
                WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = %s AND (definition, pool, fairness_key) %s
                ORDER BY definition, pool, fairness_key LIMIT 1""";
        return """
                queues(definition, pool, fairness_key) AS (
                    (%s)
                    UNION ALL
                    SELECT next.* FROM queues CROSS JOIN LATERAL (%s) next),
                live AS (SELECT * FROM queues LIMIT %d)""".formatted(
                        first.formatted(endpoint, ">= " + from),
                        first.formatted(endpoint, "> (queues.definition, queues.pool, queues.fairness_key)"),
                        WINDOW);
    }
}
