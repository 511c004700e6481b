package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads runs for people and programs; changes nothing. */
@Component
public class RunReader {
    // the parameters of a run may be large, and a list shows none of them
    private static final String COLUMNS = """
            SELECT r.id, r.definition, r.trigger, r.occurrence, r.state, r.cause, r.scorings, r.fire_time, r.created_at,
                   r.cancel_requested_at, r.ended_at, r.forecast, r.rerun_of, %s AS parameters,
                   (SELECT count(*) FROM scoring s WHERE s.run_id = r.id AND s.state IN ('NotStarted', 'Running')) AS live,
                   (SELECT count(*) FROM scoring s WHERE s.run_id = r.id AND s.attention IS NOT NULL) AS needing_attention
            FROM run r""";
    private static final String RUN = COLUMNS.formatted("r.parameters");
    public static final String RUN_IN_A_LIST = COLUMNS.formatted("NULL");

    /** Runs that somebody or something asked for; the others serve them. */
    static final String ASKED_FOR = "trigger NOT IN ('shadow', 'fold')";

    /** The names of definitions in a scope that have runs, by one look into the index for each name that there is. */
    private static final String NAMES = """
            WITH RECURSIVE names AS (
                SELECT min(definition) AS name FROM run
                UNION ALL
                SELECT (SELECT min(r.definition) FROM run r WHERE r.definition > n.name)
                FROM names n WHERE n.name IS NOT NULL)
            SELECT name FROM names WHERE name LIKE ANY(:scope)""";

    private final JdbcClient jdbc;
    private final ScoringReader scorings;

    public RunReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.scorings = new ScoringReader(jdbc);
    }

    /**
     * Runs, newest first, without their parameters; without those that serve others, unless the filter names trigger or occurrence, or is
     * for attention.
     *
     * @param limit how many at most
     */
    public List<RunView> list(RunFilter filter, int limit) {
        return list(filter, RunOrder.NEWEST, limit);
    }

    /**
     * The same in another order.
     *
     * @param limit how many at most
     */
    public List<RunView> list(RunFilter filter, RunOrder order, int limit) {
        return jdbc.sql(selected(
                        RUN_IN_A_LIST, "r.id < :before" + conditions(filter) + order.condition(), filter, order))
                .param("before", filter.before() == null ? Long.MAX_VALUE : filter.before())
                .param("state", filter.state() == null ? null : filter.state().word())
                .param("definition", filter.definition())
                .param(
                        "trigger",
                        filter.trigger() == null ? null : filter.trigger().word())
                .param("occurrence", filter.occurrence())
                .param("acceptedFrom", time(filter.acceptedFrom()))
                .param("acceptedTo", time(filter.acceptedTo()))
                .param("afterTime", time(order.time()))
                .param("afterId", order.id())
                .param("scope", filter.scope().likePatterns())
                .param("limit", limit)
                .query(ViewRowMappers::run)
                .list();
    }

    /**
     * How many runs stand in each state, counted up to a limit; without those that serve others.
     *
     * @param filter which definitions; what else it says is ignored
     * @param limit where counting stops
     */
    public Map<State, Integer> totals(RunFilter filter, int limit) {
        Map<State, Integer> totals = new EnumMap<>(State.class);
        // in the order of the index: without one, the planner reads the table until it has found enough of an average
        // state
        jdbc.sql("""
                SELECT s.state, (SELECT count(*) FROM (%s) counted) AS n
                FROM unnest(:states) AS s(state)""".formatted(selected(
                        "SELECT r.id FROM run r", "r.state = s.state AND r." + ASKED_FOR, filter, RunOrder.NEWEST)))
                .param("states", Arrays.stream(State.values()).map(State::word).toArray(String[]::new))
                .param("definition", filter.definition())
                .param("scope", filter.scope().likePatterns())
                .param("limit", limit)
                .query(row -> {
                    totals.put(State.of(row.getString("state")), row.getInt("n"));
                });
        return totals;
    }

    /** One run. */
    public Optional<RunView> find(long id) {
        return jdbc.sql(RUN + " WHERE r.id = :id")
                .param("id", id)
                .query(ViewRowMappers::run)
                .optional();
    }

    /** The runs that repeat a run, at most 100. */
    public List<Long> reruns(long run) {
        return jdbc.sql("SELECT id FROM run WHERE rerun_of = :run ORDER BY id LIMIT 100")
                .param("run", run)
                .query((row, n) -> row.getLong("id"))
                .list();
    }

    /** How many scorings of a run stand in each state. */
    public Map<State, Integer> counts(long run) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        jdbc.sql("SELECT state, count(*) AS n FROM scoring WHERE run_id = :run GROUP BY state")
                .param("run", run)
                .query(row -> {
                    counts.put(State.of(row.getString("state")), row.getInt("n"));
                });
        return counts;
    }

    /** Scorings of a run with their attempts, by position. */
    public List<ScoringView> scorings(long run, int after, int limit) {
        return scorings(run, new ScoringReader.Filter(null, false, after), new ScoringReader.Order(false, null), limit);
    }

    /** Scorings of a run with their attempts, by position in either direction. */
    public List<ScoringView> scorings(long run, ScoringReader.Filter filter, ScoringReader.Order order, int limit) {
        return scorings.list(run, filter, order, limit);
    }

    /** One scoring of a run. */
    public Optional<ScoringView> scoring(long run, int position) {
        return scorings(run, position - 1, 1).stream()
                .filter(s -> s.position() == position)
                .findFirst();
    }

    /** The moves of a run and of its scorings, in order of time; the newest ones if there are more than the limit. */
    public List<HistoryEntry> history(long run, int limit) {
        return jdbc.sql("""
                SELECT newest.*, s.position FROM (
                    SELECT %s FROM history
                    WHERE run_id = :run ORDER BY at DESC, seq DESC LIMIT :limit) newest
                LEFT JOIN scoring s ON s.id = newest.scoring_id
                ORDER BY at, position NULLS FIRST, newest.seq""".formatted(RunJournal.COLUMNS))
                .param("run", run)
                .param("limit", limit)
                .query(ViewRowMappers::history)
                .list();
    }

    /** Scorings that need attention, newest run first. */
    public List<AttentionView> needingAttention(DefinitionScope scope, int limit) {
        return jdbc.sql("""
                SELECT s.run_id, s.position, s.endpoint, s.attention, s.cause FROM scoring s
                WHERE s.attention IS NOT NULL%s ORDER BY s.run_id DESC, s.position LIMIT :limit""".formatted(ofRuns(scope)))
                .param("scope", scope.likePatterns())
                .param("limit", limit)
                .query(ViewRowMappers::attention)
                .list();
    }

    /** Live scorings that are retried after a failure, newest run first. */
    public List<RetryingView> waiting(DefinitionScope scope, int limit) {
        return jdbc.sql("""
                SELECT s.run_id, s.position, s.endpoint, s.cause, s.failures, coalesce(s.fold_due_at, s.due_at) AS due_at FROM scoring s
                WHERE s.sweep IS NOT NULL AND s.cause IS NOT NULL AND s.attention IS NULL
                  AND isfinite(coalesce(s.fold_due_at, s.due_at))%s
                ORDER BY s.id DESC LIMIT :limit""".formatted(ofRuns(scope)))
                .param("scope", scope.likePatterns())
                .param("limit", limit)
                .query(ViewRowMappers::waiting)
                .list();
    }

    /** The definitions of these runs, by id. */
    public Map<Long, String> definitions(Collection<Long> runs) {
        Map<Long, String> definitions = new HashMap<>();
        jdbc.sql("SELECT id, definition FROM run WHERE id = ANY(:runs)")
                .param("runs", runs.toArray(Long[]::new))
                .query(row -> {
                    definitions.put(row.getLong("id"), row.getString("definition"));
                });
        return definitions;
    }

    /** Which of these runs have ended, and how. */
    public Map<Long, State> ended(List<Long> runs) {
        Map<Long, State> ended = new HashMap<>();
        jdbc.sql("SELECT id, state FROM run WHERE id = ANY(:runs) AND ended_at IS NOT NULL")
                .param("runs", runs.toArray(Long[]::new))
                .query(row -> {
                    ended.put(row.getLong("id"), State.of(row.getString("state")));
                });
        return ended;
    }

    /** What the scorings of runs staged of files in their last attempts. A file that no scoring staged is left out. */
    public Map<FileOfRun, Set<StagedContent>> staged(Collection<FileOfRun> files) {
        Map<FileOfRun, Set<StagedContent>> staged = new HashMap<>();
        jdbc.sql("""
                SELECT DISTINCT s.run_id, i.value ->> 'path' AS path,
                    (a.staged -> i.key ->> 'bytes')::bigint AS bytes, coalesce(a.staged -> i.key ->> 'sha256', '') AS sha256
                FROM scoring s JOIN attempt a ON a.scoring_id = s.id AND a.number = s.attempt, json_each(s.inputs) i
                WHERE s.run_id = ANY(:runs) AND i.value ->> 'path' = ANY(:paths)""")
                .param("runs", files.stream().map(FileOfRun::run).distinct().toArray(Long[]::new))
                .param("paths", files.stream().map(FileOfRun::path).toArray(String[]::new))
                .query(row -> {
                    staged.computeIfAbsent(
                                    new FileOfRun(row.getLong("run_id"), row.getString("path")), key -> new HashSet<>())
                            .add(new StagedContent(row.getLong("bytes"), row.getString("sha256")));
                });
        return staged;
    }

    private static String conditions(RunFilter filter) {
        return (filter.state() == null ? "" : " AND r.state = :state")
                + (filter.trigger() == null ? "" : " AND r.trigger = :trigger")
                + (filter.showsServing() ? "" : " AND r." + ASKED_FOR)
                + (filter.occurrence() == null ? "" : " AND r.occurrence = :occurrence")
                + (filter.attention()
                        ? " AND r.id = ANY(ARRAY(SELECT s.run_id FROM scoring s WHERE s.attention IS NOT NULL))"
                        : "")
                + (filter.acceptedFrom() == null ? "" : " AND r.created_at >= :acceptedFrom")
                + (filter.acceptedTo() == null ? "" : " AND r.created_at < :acceptedTo");
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /**
     * The first runs in an order that fulfil a condition. Those of a team are looked for by definition: it may have few among
     * many. So are those by time or occurrence, whose indexes begin with the definition.
     */
    private static String selected(String columns, String condition, RunFilter filter, RunOrder order) {
        String newest = order.clause() + " LIMIT :limit";
        boolean byDefinition = !filter.scope().isAll()
                || order.byTime()
                || filter.occurrence() != null
                || filter.acceptedFrom() != null
                || filter.acceptedTo() != null;
        if (filter.definition() != null) {
            String scoped = filter.scope().isAll() ? "" : " AND r.definition LIKE ANY(:scope)";
            return columns + " WHERE " + condition + " AND r.definition = :definition" + scoped + newest;
        }
        if (!byDefinition) {
            return columns + " WHERE " + condition + newest;
        }
        return "SELECT r.* FROM (%s) d, LATERAL (%s WHERE %s AND r.definition = d.name%s) r%s"
                .formatted(NAMES, columns, condition, newest, newest);
    }

    private static String ofRuns(DefinitionScope scope) {
        // not a join, which the planner would begin with all runs
        return scope.isAll() ? "" : " AND (SELECT r.definition LIKE ANY(:scope) FROM run r WHERE r.id = s.run_id)";
    }

    /** A file that a run scores, by its path. */
    public record FileOfRun(long run, String path) {}

    /**
     * What was staged of a file.
     *
     * @param bytes size
     * @param sha256 hash in hex
     */
    public record StagedContent(long bytes, String sha256) {}

    /** Which of these occurrences of requests are runs. */
    public Set<String> occurred(List<String> requests) {
        return new HashSet<>(
                jdbc.sql("SELECT occurrence FROM run WHERE trigger = 'request' AND occurrence = ANY(:requests)")
                        .param("requests", requests.toArray(String[]::new))
                        .query((row, n) -> row.getString("occurrence"))
                        .list());
    }
}
