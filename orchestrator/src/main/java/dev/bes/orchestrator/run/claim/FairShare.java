package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shares what an endpoint has room for between the queues that wait for it. Each start is drawn by lot among the definitions, with
 * chances in proportion to their priorities. The fairness keys of a definition take turns, and a lot says which of them is first. So
 * no state is kept, nothing waits for ever, and no slot stays unused.
 */
final class FairShare {
    private static final Queue START = new Queue("", "", "");

    private final JdbcClient jdbc;
    private final PoolSlots pools;
    // a hint and no state: without it the next draw begins with the first queue
    private final Map<String, Queue> windows = new ConcurrentHashMap<>();

    FairShare(JdbcClient jdbc, PoolSlots pools) {
        this.jdbc = jdbc;
        this.pools = pools;
    }

    /** Scorings of one definition, pool and fairness key; each but the definition is empty if they have none. */
    record Queue(String definition, String pool, String key) {}

    /**
     * What a queue has drawn.
     *
     * @param size how many scorings, at least one
     */
    record Share(Queue queue, int size) {}

    /** A queue, and the priority of what has been due the longest in it; 0 if nothing is due. */
    private record Waiting(Queue queue, int priority) {}

    /** The queues of a definition that may have a start now, in the order of their turns. */
    private record Turns(int priority, Deque<Queue> queues) {
        Queue next() {
            Queue next = queues.removeFirst();
            queues.addLast(next);
            return next;
        }
    }

    /** The shares of the queues that wait for an endpoint; in all as many as there are free slots, unless no queue waits. */
    List<Share> draw(String endpoint, int room) {
        Queue from = windows.getOrDefault(endpoint, START);
        List<Share> shares = draw(window(endpoint, from), room);
        return shares.isEmpty() && !from.equals(START) ? draw(window(endpoint, START), room) : shares;
    }

    /** The queues with something due, of the first from one on; the next window begins behind them. */
    private List<Waiting> window(String endpoint, Queue from) {
        List<Waiting> window = jdbc.sql(LaunchQueues.WAITING)
                .param("endpoint", endpoint)
                .param("definition", from.definition())
                .param("pool", from.pool())
                .param("key", from.key())
                .query((row, n) -> new Waiting(
                        new Queue(row.getString("definition"), row.getString("pool"), row.getString("fairness_key")),
                        row.getInt("priority")))
                .list();
        if (window.size() == LaunchQueues.WINDOW) {
            windows.put(endpoint, window.getLast().queue());
        } else {
            windows.remove(endpoint);
        }
        return window.stream().filter(waiting -> waiting.priority() > 0).toList();
    }

    private List<Share> draw(List<Waiting> waiting, int room) {
        Map<String, Integer> slots = pools.free(waiting.stream()
                .map(one -> one.queue().pool())
                .filter(pool -> !pool.isEmpty())
                .collect(toCollection(TreeSet::new)));
        List<Turns> definitions = turns(waiting);
        dropFull(definitions, slots);
        Map<Queue, Integer> sizes = new LinkedHashMap<>();
        for (int i = 0; i < room && !definitions.isEmpty(); i++) {
            Queue queue = winner(definitions).next();
            sizes.merge(queue, 1, Integer::sum);
            if (!queue.pool().isEmpty() && slots.merge(queue.pool(), -1, Integer::sum) == 0) {
                dropFull(definitions, slots);
            }
        }
        return sizes.entrySet().stream()
                .map(size -> new Share(size.getKey(), size.getValue()))
                .toList();
    }

    private static void dropFull(List<Turns> definitions, Map<String, Integer> slots) {
        definitions.forEach(turns ->
                turns.queues().removeIf(queue -> !queue.pool().isEmpty() && slots.getOrDefault(queue.pool(), 0) <= 0));
        definitions.removeIf(turns -> turns.queues().isEmpty());
    }

    private static List<Turns> turns(List<Waiting> waiting) {
        List<Waiting> shuffled = new ArrayList<>(waiting);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        Map<String, Turns> turns = new TreeMap<>();
        for (Waiting one : shuffled) {
            turns.computeIfAbsent(one.queue().definition(), name -> new Turns(one.priority(), new ArrayDeque<>()))
                    .queues()
                    .add(one.queue());
        }
        return new ArrayList<>(turns.values());
    }

    private static Turns winner(List<Turns> definitions) {
        int above = ThreadLocalRandom.current()
                .nextInt(definitions.stream().mapToInt(Turns::priority).sum());
        for (Turns one : definitions) {
            above -= one.priority();
            if (above < 0) {
                return one;
            }
        }
        throw new IllegalArgumentException("No definition has that lot");
    }
}
