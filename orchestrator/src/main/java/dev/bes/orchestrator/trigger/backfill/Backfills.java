package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.backfill.Backfill.State;
import dev.bes.orchestrator.trigger.backfill.BackfillItems.NewItem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes, pauses, resumes and cancels backfills. {@link BackfillRunner} starts their runs. */
@Component
public class Backfills {
    private final BackfillPlanner planner;
    private final BackfillRows rows;
    private final BackfillItems times;
    private final AuditLog audit;
    private final InstantSource clock;

    Backfills(BackfillPlanner planner, BackfillRows rows, BackfillItems times, AuditLog audit, InstantSource clock) {
        this.planner = planner;
        this.rows = rows;
        this.times = times;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The idempotency key of a request.
     *
     * @param fingerprint hash of the request
     */
    public record RequestKey(String key, String fingerprint) {}

    /**
     * A backfill that was asked for.
     *
     * @param isNew false if its key has made it before
     */
    public record Created(long id, boolean isNew) {}

    /**
     * Makes a backfill. When it returns, its times are durable; a node starts their runs.
     *
     * @param key the same key of the same actor is the same backfill; null makes every request a new one
     * @throws TooManyTimesException if its range has too many times
     * @throws RunRefusedException.KeyReused if the key has made another one
     */
    @Transactional
    public Created create(BackfillRequest request, Actor by, @Nullable RequestKey key) {
        List<Partition> starts = planner.starts(request);
        Optional<Long> inserted = rows.insert(request, by, key);
        if (inserted.isEmpty()) {
            RequestKey used = Objects.requireNonNull(key);
            BackfillRows.Made made = rows.made(by, used.key());
            if (!made.fingerprint().equals(used.fingerprint())) {
                throw new RunRefusedException.KeyReused(used.key(), "started backfill " + made.id());
            }
            return new Created(made.id(), false);
        }
        long id = inserted.get();
        List<NewItem> items = new ArrayList<>();
        for (Partition partition : starts) {
            int position = items.size() + 1;
            // the run that the schedule itself would start: whoever comes first, there is one
            String occurrence = partition.state() == PartitionState.MISSING
                    ? "schedule:" + partition.schedule() + ":" + partition.fireTime()
                    : "backfill:%d:%d".formatted(id, position);
            items.add(new NewItem(
                    position, partition.fireTime().toString(), partition.key(), partition.parameters(), occurrence));
        }
        times.insert(id, items);
        audit(Action.BACKFILL_STARTED, rows.find(id).orElseThrow(), by);
        return new Created(id, true);
    }

    /** The backfill of that number. */
    public Optional<Backfill> find(long id) {
        return rows.find(id);
    }

    /**
     * Backfills in an order.
     *
     * @param limit how many at most
     */
    public List<Backfill> list(BackfillFilter filter, BackfillFilter.Order order, int limit) {
        return rows.list(filter, order, limit);
    }

    /** The times of a backfill in the order of their starts. */
    public List<BackfillItem> items(long id) {
        return times.of(id);
    }

    /** Pauses a running backfill: it starts no run until it is resumed, and its runs go on. False if it was not running. */
    @Transactional
    public boolean pause(Backfill backfill, Actor by) {
        return change(backfill, List.of(State.RUNNING), State.PAUSED, Action.BACKFILL_PAUSED, by);
    }

    /** Resumes a paused backfill. False if it was not paused. */
    @Transactional
    public boolean resume(Backfill backfill, Actor by) {
        return change(backfill, List.of(State.PAUSED), State.RUNNING, Action.BACKFILL_RESUMED, by);
    }

    /** Cancels a backfill: it starts no more runs, and its runs go on. False if it had ended. */
    @Transactional
    public boolean cancel(Backfill backfill, Actor by) {
        boolean changed =
                change(backfill, List.of(State.RUNNING, State.PAUSED), State.CANCELLED, Action.BACKFILL_CANCELLED, by);
        if (changed) {
            times.cancelWaiting(backfill.id());
        }
        return changed;
    }

    private boolean change(Backfill backfill, List<State> from, State to, Action action, Actor by) {
        boolean changed =
                rows.change(backfill.id(), from.stream().map(State::word).toList(), to);
        if (changed) {
            audit(action, backfill, by);
        }
        return changed;
    }

    private void audit(Action action, Backfill backfill, Actor by) {
        String what = "%s of %s to %s: %s"
                .formatted(
                        backfill.schedule(),
                        backfill.from(),
                        backfill.to(),
                        backfill.scope().word());
        audit.allowed(action, by.toString(), "backfill " + backfill.id(), backfill.definition(), null, what);
    }

    /**
     * Purges backfills that ended before.
     *
     * @param age minimum time since their end
     * @param batch maximum number
     * @return number of purged backfills
     */
    public int purge(Duration age, int batch) {
        return rows.purge(clock.instant().minus(age), batch);
    }
}
