package dev.bes.orchestrator.run.fold;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Gathers scorings that may share a remote job. A fold takes scorings of one key until it is full or its carrier is claimed, which is
 * due when its wait is over. One node gathers at a time.
 */
@Component
public class Folds {
    private static final int AT_ONCE = 5_000;

    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtextextended('fold', 3))";

    private static final String ANY =
            "SELECT EXISTS (SELECT FROM scoring WHERE fold_due_at <= now() AND sweep = 'launch')";

    private static final String DUE = """
            SELECT id, fold_key FROM scoring
            WHERE fold_due_at <= now() AND sweep = 'launch' AND step = 'PLANNED'
            ORDER BY fold_due_at, id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED""";

    private static final String HASHES = """
            SELECT s.fold_key, r.definition_hash FROM scoring s JOIN run r ON r.id = s.run_id WHERE s.id = ANY(:ids)""";

    private static final String OPEN =
            "SELECT key, carrier_id, members FROM fold WHERE key = ANY(:keys) AND open ORDER BY key FOR UPDATE";

    private static final String GROW = """
            UPDATE fold f SET members = f.members + m.added, open = NOT m.closed
            FROM json_to_recordset(:rows::json) AS m(carrier bigint, added int, closed boolean) WHERE f.carrier_id = m.carrier""";

    private static final String DUE_NOW = """
            UPDATE scoring SET due_at = clock_timestamp()
            WHERE id = ANY(:full) AND owner IS NULL AND step = 'PLANNED' AND ended_at IS NULL AND attention IS NULL""";

    private static final String JOIN = """
            UPDATE scoring s SET carrier_id = m.carrier, fold_due_at = NULL, cause = NULL
            FROM unnest(:ids, :carriers) AS m(id, carrier) WHERE s.id = m.id""";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final FrozenDefinitions definitions;
    private final CarrierRows carriers;

    public Folds(
            PlannerSwitches switches, Transactions transactions, FrozenDefinitions definitions, RunJournal journal) {
        this.jdbc = switches.jdbc();
        this.transactions = transactions;
        this.definitions = definitions;
        this.carriers = new CarrierRows(jdbc, journal);
    }

    /** Joins the scorings that are due for it to folds, unless another node does so at the moment. */
    public void gather() {
        // most nodes have no such definition, and ask in vain
        boolean more = jdbc.sql(ANY).query(Boolean.class).single();
        while (more) {
            more = transactions.run(this::gatherNow) == AT_ONCE;
        }
    }

    private record Due(long id, String key) {}

    private record Open(long carrier, int members) {}

    private record Growth(long carrier, int added, boolean closed) {}

    private int gatherNow() {
        if (!jdbc.sql(ALONE).query(Boolean.class).single()) {
            return 0;
        }
        List<Due> due = jdbc.sql(DUE)
                .param("limit", AT_ONCE)
                .query((row, n) -> new Due(row.getLong("id"), row.getString("fold_key")))
                .list();
        if (!due.isEmpty()) {
            join(due.stream().collect(groupingBy(Due::key, LinkedHashMap::new, mapping(Due::id, toList()))));
        }
        return due.size();
    }

    private void join(Map<String, List<Long>> byKey) {
        Map<String, Definition.Fold> rules = rules(byKey);
        Map<String, Open> open = open(byKey.keySet().toArray(String[]::new));
        List<Growth> growths = new ArrayList<>();
        List<CarrierRows.Fresh> fresh = new ArrayList<>();
        Map<Long, Long> carrierOf = new LinkedHashMap<>();
        byKey.forEach((key, ids) -> {
            Definition.Fold rule = Objects.requireNonNull(rules.get(key));
            int from = 0;
            Open fold = open.get(key);
            if (fold != null) {
                from = Math.min(ids.size(), Math.max(0, rule.files() - fold.members));
                ids.subList(0, from).forEach(id -> carrierOf.put(id, fold.carrier));
                growths.add(new Growth(fold.carrier, from, fold.members + from >= rule.files()));
            }
            for (; from < ids.size(); from += rule.files()) {
                List<Long> some = ids.subList(from, Math.min(ids.size(), from + rule.files()));
                boolean full = some.size() == rule.files();
                fresh.add(new CarrierRows.Fresh(
                        key,
                        some.getFirst(),
                        some,
                        !full,
                        full ? 0 : rule.longest().toMillis()));
            }
        });
        grow(growths);
        carrierOf.putAll(carriers.insert(fresh));
        jdbc.sql(JOIN)
                .param("ids", carrierOf.keySet().toArray(Long[]::new))
                .param("carriers", carrierOf.values().toArray(Long[]::new))
                .update();
    }

    private Map<String, Definition.Fold> rules(Map<String, List<Long>> byKey) {
        Map<String, Definition.Fold> rules = new HashMap<>();
        jdbc.sql(HASHES)
                .param("ids", byKey.values().stream().map(List::getFirst).toArray(Long[]::new))
                .query(row -> {
                    rules.put(
                            row.getString("fold_key"),
                            Objects.requireNonNull(definitions
                                    .get(row.getString("definition_hash"))
                                    .fold()));
                });
        return rules;
    }

    private Map<String, Open> open(String... keys) {
        Map<String, Open> open = new HashMap<>();
        jdbc.sql(OPEN).param("keys", keys).query(row -> {
            open.put(row.getString("key"), new Open(row.getLong("carrier_id"), row.getInt("members")));
        });
        return open;
    }

    private void grow(List<Growth> growths) {
        if (!growths.isEmpty()) {
            jdbc.sql(GROW).param("rows", JsonRows.rows(growths)).update();
            Long[] full =
                    growths.stream().filter(Growth::closed).map(Growth::carrier).toArray(Long[]::new);
            if (full.length > 0) {
                jdbc.sql(DUE_NOW).param("full", full).update();
            }
        }
    }
}
