package dev.bes.orchestrator.run.claim;

import static java.util.stream.Collectors.toCollection;

import dev.bes.orchestrator.run.claim.QueueWindows.Queue;
import dev.bes.orchestrator.run.claim.QueueWindows.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shares what an endpoint has room for between the queues that wait for it. Each start is drawn by lot among the definitions, with
 * chances in proportion to their priorities. The fairness keys of a definition take turns, and a lot says which of them is first. So
 * no state is kept, nothing waits for ever, and no slot stays unused.
 */
final class FairShare {
    private final PoolSlots pools;
    private final QueueWindows windows;

    FairShare(JdbcClient jdbc, PoolSlots pools) {
        this.pools = pools;
        this.windows = new QueueWindows(jdbc);
    }

    /**
     * What a queue has drawn.
     *
     * @param size how many scorings, at least one
     */
    record Share(Queue queue, int size) {}

    /** The queues of a definition that may have a start now, in the order of their turns. */
    private record Turns(int priority, Deque<Queue> queues) {
        Queue next() {
            Queue next = queues.removeFirst();
            queues.addLast(next);
            return next;
        }
    }

    /**
     * The shares of the queues that wait for an endpoint; in all as many as there are free slots, unless no queue waits.
     *
     * @param slots what is left of the pools in this transaction, by name; empty before its first draw, which fills it
     */
    List<Share> draw(String endpoint, int room, Map<String, Integer> slots) {
        List<Waiting> waiting = windows.waiting(endpoint);
        if (slots.isEmpty()) {
            slots.putAll(pools.take(
                    endpoint,
                    waiting.stream()
                            .map(one -> one.queue().pool())
                            .filter(pool -> !pool.isEmpty())
                            .collect(toCollection(TreeSet::new))));
        }
        return draw(waiting, room, slots);
    }

    private static List<Share> draw(List<Waiting> waiting, int room, Map<String, Integer> slots) {
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
