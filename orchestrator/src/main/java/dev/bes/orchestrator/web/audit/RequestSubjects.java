package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.account.Accounts;
import dev.bes.orchestrator.account.ApiKeys;
import dev.bes.orchestrator.callback.Callbacks;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.pool.PoolReader;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a request is about that was refused before anything looked at it, by its address. */
@Component
final class RequestSubjects {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:/api/v1)?/([a-z]{1,20})/([A-Za-z0-9._@%-]{1,200})(?:/.*)?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final RunReader runs;
    private final Definitions definitions;
    private final Accounts accounts;
    private final ApiKeys keys;
    private final PoolReader pools;
    private final Backfills backfills;
    private final Callbacks callbacks;
    private final FileRecords files;

    RequestSubjects(
            RunReader runs,
            Definitions definitions,
            Accounts accounts,
            ApiKeys keys,
            PoolReader pools,
            Backfills backfills,
            Callbacks callbacks,
            FileRecords files) {
        this.runs = runs;
        this.definitions = definitions;
        this.accounts = accounts;
        this.keys = keys;
        this.pools = pools;
        this.backfills = backfills;
        this.callbacks = callbacks;
        this.files = files;
    }

    /**
     * Something that there is, named as in the row of a change that was made to it.
     *
     * @param object kind and name
     * @param definition the definition that it belongs to; null if to none
     */
    record Subject(String object, @Nullable String definition) {}

    /** What the address names; empty if there is no such thing. */
    Optional<Subject> of(String path) {
        Matcher address = ADDRESS.matcher(path);
        if (!address.matches()) {
            return Optional.empty();
        }
        String kind = address.group(1);
        // of the characters in our names only this one may come encoded
        String name = address.group(2).replace("%40", "@");
        return NUMBER.matcher(name).matches()
                ? numbered(kind, Long.parseLong(name)).or(() -> named(kind, name))
                : named(kind, name);
    }

    private Optional<Subject> numbered(String kind, long id) {
        return switch (kind) {
            case "runs" -> runs.find(id).map(run -> new Subject("run " + id, run.definition()));
            case "backfills" ->
                backfills.find(id).map(backfill -> new Subject("backfill " + id, backfill.definition()));
            case "callbacks" ->
                callbacks.find(id).map(callback -> new Subject("callback " + id, callback.definition()));
            case "files" -> files.find(id).map(file -> new Subject("file " + id, file.definition()));
            default -> Optional.empty();
        };
    }

    private Optional<Subject> named(String kind, String name) {
        return switch (kind) {
            case "definitions", "schedules" ->
                definitions.find(name).map(found -> new Subject("definition " + found.name(), found.name()));
            case "users" -> accounts.find(name).map(user -> new Subject("user " + user.name(), null));
            case "keys" -> keys.find(name).map(key -> new Subject("key " + key.described(), null));
            case "pools" -> pools.find(name).map(pool -> new Subject("pool " + pool.name(), null));
            default -> Optional.empty();
        };
    }
}
