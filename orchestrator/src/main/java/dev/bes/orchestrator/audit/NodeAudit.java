package dev.bes.orchestrator.audit;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Definitions.Reloaded;
import dev.bes.orchestrator.definition.FrozenDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Writes to the audit what this node does by itself: that it starts and stops, which definitions it loads, and how many refusals it left out. */
@Component
class NodeAudit implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAudit.class);
    // of nodes that start at the same time, one after the other compares
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('loaded_definition'))";
    // before the server for requests, and so after it when the node stops
    private static final int BEFORE_REQUESTS = DEFAULT_PHASE - 4_096;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final AuditLog audit;
    private final Definitions definitions;
    private volatile boolean running;

    NodeAudit(JdbcClient jdbc, Transactions transactions, AuditLog audit, Definitions definitions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.definitions = definitions;
    }

    @Override
    public void start() {
        transactions.run(() -> {
            tell(Action.NODE_STARTED, node(), null, null, null);
            jdbc.sql(LOCK).query((row, number) -> 0).single();
            tellDefinitions();
            return null;
        });
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        tellLeftOut();
        attempt("The end of this node", () -> tell(Action.NODE_STOPPED, node(), null, null, null));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_REQUESTS;
    }

    @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
    void tellLeftOut() {
        attempt("The number of refused requests", audit::tellLeftOut);
    }

    @EventListener
    void tell(Reloaded change) {
        attempt(
                "A change of the definitions",
                () -> transactions.run(() -> {
                    jdbc.sql(LOCK).query((row, number) -> 0).single();
                    tellDefinitions();
                    return null;
                }));
    }

    private void tellDefinitions() {
        Map<String, String> before = new HashMap<>();
        jdbc.sql("SELECT name, hash FROM loaded_definition").query(row -> {
            before.put(row.getString("name"), row.getString("hash"));
        });
        Map<String, String> now = new HashMap<>();
        for (Definition definition : definitions.all()) {
            now.put(definition.name(), FrozenDefinition.of(definition).sha256());
        }
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        names.forEach(name -> compare(name, before.get(name), now.get(name)));
    }

    private void compare(String name, @Nullable String before, @Nullable String now) {
        if (now == null) {
            jdbc.sql("DELETE FROM loaded_definition WHERE name = :name")
                    .param("name", name)
                    .update();
            tell(Action.DEFINITION_REMOVED, "definition " + name, name, before, null);
        } else if (!now.equals(before)) {
            jdbc.sql("""
                    INSERT INTO loaded_definition (name, hash) VALUES (:name, :hash)
                    ON CONFLICT (name) DO UPDATE SET hash = excluded.hash""").param("name", name).param("hash", now).update();
            Action action = before == null ? Action.DEFINITION_ADDED : Action.DEFINITION_CHANGED;
            tell(action, "definition " + name, name, before, now);
        }
    }

    private void tell(
            Action action,
            String object,
            @Nullable String definition,
            @Nullable String before,
            @Nullable String after) {
        audit.allowed(action, audit.self(), object, definition, before, after);
    }

    private String node() {
        return audit.self().replace("node:", "node ");
    }

    private static void attempt(String what, Runnable write) {
        try {
            write.run();
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, what + " could not be written to the audit", e);
        }
    }
}
