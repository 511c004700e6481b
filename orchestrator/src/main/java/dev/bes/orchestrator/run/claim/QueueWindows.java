package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.groupingBy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the queues that wait for an endpoint. Of a definition with many it looks at a window, which goes on with each call. */
final class QueueWindows {
    /** How many windows without anything due a call looks at. */
    private static final int WINDOWS = 10;

    private final JdbcClient jdbc;
    // by endpoint and definition; a hint and no state: without it the next call begins with the first queue
    private final Map<List<String>, Queue> windows = new ConcurrentHashMap<>();

    QueueWindows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Scorings of one definition, pool and fairness key; each but the definition is empty if they have none. */
    record Queue(String definition, String pool, String key) {}

    /** A queue, and the priority of what has been due the longest in it; 0 if nothing is due. */
    record Waiting(Queue queue, int priority) {
        static Waiting of(ResultSet row, int n) throws SQLException {
            return new Waiting(
                    new Queue(row.getString("definition"), row.getString("pool"), row.getString("fairness_key")),
                    row.getInt("priority"));
        }
    }

    /** The queues with something due. */
    List<Waiting> waiting(String endpoint) {
        Map<String, List<Waiting>> byDefinition =
                jdbc.sql(LaunchQueues.WAITING).param("endpoint", endpoint).query(Waiting::of).list().stream()
                        .collect(groupingBy(waiting -> waiting.queue().definition()));
        return byDefinition.values().stream()
                .map(first -> isFull(first) ? window(endpoint, first) : first)
                .flatMap(List::stream)
                .filter(waiting -> waiting.priority() > 0)
                .toList();
    }

    private List<Waiting> window(String endpoint, List<Waiting> first) {
        List<String> name = List.of(endpoint, first.getFirst().queue().definition());
        Queue from = windows.get(name);
        List<Waiting> window = from == null ? first : after(endpoint, from);
        for (int i = 0; i < WINDOWS && isFull(window) && !hasDue(window); i++) {
            window = after(endpoint, window.getLast().queue());
        }
        if (from != null && !isFull(window) && !hasDue(window)) {
            window = first;
        }
        if (isFull(window)) {
            windows.put(name, window.getLast().queue());
        } else {
            windows.remove(name);
        }
        return window;
    }

    private static boolean isFull(List<Waiting> window) {
        return window.size() == LaunchQueues.WINDOW;
    }

    private static boolean hasDue(List<Waiting> window) {
        return window.stream().anyMatch(waiting -> waiting.priority() > 0);
    }

    private List<Waiting> after(String endpoint, Queue queue) {
        return jdbc.sql(LaunchQueues.WAITING_AFTER)
                .param("endpoint", endpoint)
                .param("definition", queue.definition())
                .param("pool", queue.pool())
                .param("key", queue.key())
                .query(Waiting::of)
                .list();
    }
}
