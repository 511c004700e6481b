package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shares what an endpoint has room for between the definitions that wait for it: each start is drawn by lot, with chances in
 * proportion to their priorities. So no state is kept, no definition waits for ever, and no slot stays unused.
 */
final class FairShare {
    private static final String WAITING = "WITH RECURSIVE " + live(":endpoint") + """
            ,
            waiting AS (
                SELECT live.definition, first.priority FROM live CROSS JOIN LATERAL (
                    SELECT priority FROM scoring
                    WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = :endpoint
                      AND definition = live.definition AND due_at <= now()
                    ORDER BY due_at LIMIT 1) first)""";

    /**
     * The rows that no lot is drawn for: what is bound already has its place, and then {@code room} of the definition that
     * is alone, if one is; {@code limit} in all.
     */
    static final String WITHOUT_LOTS = WAITING + """
            ,
            bound AS (
                SELECT id FROM scoring
                WHERE sweep = 'launch' AND step = 'SUBMITTED' AND endpoint = :endpoint AND due_at <= now()
                ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED),
            alone AS (
                SELECT id FROM scoring
                WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = :endpoint AND due_at <= now()
                  AND definition = (
                      SELECT min(definition) FROM (SELECT definition FROM waiting LIMIT 2) two HAVING count(*) = 1)
                ORDER BY due_at LIMIT least(:room, :limit - (SELECT count(*) FROM bound)) FOR UPDATE SKIP LOCKED)
            SELECT id FROM bound UNION ALL SELECT id FROM alone""";

    private final JdbcClient jdbc;

    FairShare(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a definition has drawn.
     *
     * @param size how many scorings, at least one
     */
    record Share(String definition, int size) {}

    /** A definition with something due, and the priority of what has been due the longest. */
    record Waiting(String definition, int priority) {}

    /**
     * The rows of so many shares, in order of time within each, by the parameters {@code definition0}, {@code size0} and so
     * on. Every size is a parameter of its own: one that comes from a row looks to the planner like a tenth of all rows,
     * and it would read and sort them all.
     */
    static String due(int shares) {
        return IntStream.range(0, shares).mapToObj(i -> """
                SELECT id FROM (
                    SELECT id FROM scoring
                    WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = :endpoint
                      AND definition = :definition%1$d AND due_at <= now()
                    ORDER BY due_at LIMIT :size%1$d FOR UPDATE SKIP LOCKED) share%1$d""".formatted(i)).collect(joining("\nUNION ALL\n"));
    }

    /** The definitions with something to launch on an endpoint, and a null: as a part of a recursive query. */
    static String live(String endpoint) {
        // from one definition to the next by the index, without a look at the rows between
        return """
                live(definition) AS (
                    (SELECT definition FROM scoring
                     WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = %1$s
                     ORDER BY definition LIMIT 1)
                    UNION ALL
                    SELECT (SELECT definition FROM scoring
                            WHERE sweep = 'launch' AND step <> 'SUBMITTED' AND endpoint = %1$s
                              AND definition > live.definition
                            ORDER BY definition LIMIT 1)
                    FROM live WHERE live.definition IS NOT NULL)""".formatted(endpoint);
    }

    /** The shares of the definitions that wait for an endpoint; in all as many as there are free slots, unless no definition waits. */
    List<Share> draw(String endpoint, int room) {
        List<Waiting> waiting = jdbc.sql(WAITING + " SELECT definition, priority FROM waiting")
                .param("endpoint", endpoint)
                .query((row, n) -> new Waiting(row.getString("definition"), row.getInt("priority")))
                .list();
        return draw(waiting, room);
    }

    private static List<Share> draw(List<Waiting> waiting, int room) {
        Map<String, Integer> sizes = new TreeMap<>();
        int lots = waiting.stream().mapToInt(Waiting::priority).sum();
        for (int i = 0; i < room && lots > 0; i++) {
            sizes.merge(winner(waiting, ThreadLocalRandom.current().nextInt(lots)), 1, Integer::sum);
        }
        List<Share> shares = new ArrayList<>();
        sizes.forEach((definition, size) -> shares.add(new Share(definition, size)));
        return shares;
    }

    private static String winner(List<Waiting> waiting, int lot) {
        int above = lot;
        for (Waiting one : waiting) {
            above -= one.priority();
            if (above < 0) {
                return one.definition();
            }
        }
        throw new IllegalArgumentException("No definition has lot " + lot);
    }
}
