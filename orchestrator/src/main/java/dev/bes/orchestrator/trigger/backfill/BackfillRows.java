package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.backfill.BackfillFilter.Order;
import dev.bes.orchestrator.trigger.backfill.BackfillFilter.Position;
import dev.bes.orchestrator.trigger.backfill.Backfills.RequestKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads and writes backfills. */
@Component
class BackfillRows {
    private static final String SELECT = """
            SELECT b.id, b.definition, b.schedule, b.from_time, b.to_time, b.scope, b.newest_first, b.parallel, b.state, b.actor,
                   b.created_at, b.ended_at, i.* FROM backfill b CROSS JOIN LATERAL (
                SELECT count(*) AS items, count(*) FILTER (WHERE outcome = 'started') AS started,
                       count(*) FILTER (WHERE outcome = 'found') AS found,
                       count(*) FILTER (WHERE outcome = 'rejected') AS rejected
                FROM backfill_item WHERE backfill = b.id) i""";

    private final JdbcClient jdbc;

    BackfillRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of a new backfill; empty if the actor's key has made one before. */
    Optional<Long> insert(BackfillRequest request, Actor by, @Nullable RequestKey key) {
        return jdbc.sql("""
                INSERT INTO backfill (definition, schedule, from_time, to_time, scope, newest_first, parallel, actor,
                                      request_key, fingerprint)
                VALUES (:definition, :schedule, :from, :to, :scope, :newestFirst, :parallel, :actor, :key, :fingerprint)
                ON CONFLICT DO NOTHING RETURNING id""")
                .param("key", key == null ? null : key.key())
                .param("fingerprint", key == null ? null : key.fingerprint())
                .param("definition", request.definition().name())
                .param("schedule", request.schedule().name())
                .param("from", request.from().atOffset(ZoneOffset.UTC))
                .param("to", request.to().atOffset(ZoneOffset.UTC))
                .param("scope", request.scope().word())
                .param("newestFirst", request.newestFirst())
                .param("parallel", request.parallel())
                .param("actor", by.toString())
                .query((row, n) -> row.getLong("id"))
                .optional();
    }

    /** The backfill that a key has made. */
    Made made(Actor by, String key) {
        return jdbc.sql("SELECT id, fingerprint FROM backfill WHERE actor = :actor AND request_key = :key")
                .param("actor", by.toString())
                .param("key", key)
                .query((row, n) -> new Made(row.getLong("id"), row.getString("fingerprint")))
                .single();
    }

    record Made(long id, String fingerprint) {}

    Optional<Backfill> find(long id) {
        return jdbc.sql(SELECT + " WHERE b.id = :id")
                .param("id", id)
                .query((row, n) -> Backfill.of(row))
                .optional();
    }

    List<Backfill> list(BackfillFilter filter, Order order, int limit) {
        Optional<Position> after = Optional.ofNullable(order.after());
        return jdbc.sql(SELECT + " WHERE " + filter.condition() + order.condition() + order.clause() + " LIMIT :limit")
                .param("scope", filter.scope().likePatterns())
                .param("definition", filter.definition())
                .param("state", filter.state() == null ? null : filter.state().word())
                .param("afterKey", after.map(BackfillRows::key).orElse(null))
                .param("afterId", after.map(Position::id).orElse(null))
                .param("limit", limit)
                .query((row, n) -> Backfill.of(row))
                .list();
    }

    private static Object key(Position position) {
        return position.key() instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : position.key();
    }

    /** Changes the state, if it is one of these. */
    boolean change(long id, List<String> from, Backfill.State to) {
        return jdbc.sql("""
                UPDATE backfill SET state = :to,
                    ended_at = CASE WHEN :to IN ('cancelled', 'ended') THEN clock_timestamp() END
                WHERE id = :id AND state = ANY(:from)""")
                        .param("id", id)
                        .param("from", from.toArray(String[]::new))
                        .param("to", to.word())
                        .update()
                > 0;
    }

    List<Long> running() {
        return jdbc.sql("SELECT id FROM backfill WHERE state = 'running' ORDER BY id")
                .query((row, n) -> row.getLong("id"))
                .list();
    }

    /** Keeps other nodes from starting runs of a backfill until the transaction ends; false if one does, or it runs no more. */
    boolean lock(long id) {
        return jdbc.sql("SELECT id FROM backfill WHERE id = :id AND state = 'running' FOR UPDATE SKIP LOCKED")
                .param("id", id)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    int purge(Instant before, int batch) {
        return jdbc.sql("""
                DELETE FROM backfill WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM backfill WHERE ended_at < :before LIMIT :batch FOR UPDATE SKIP LOCKED))""")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("batch", batch)
                .update();
    }
}
