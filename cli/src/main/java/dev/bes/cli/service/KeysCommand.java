package dev.bes.cli.service;

import dev.bes.api.account.KeysJson;
import dev.bes.api.account.KeysJson.CreatedKeyJson;
import dev.bes.api.account.KeysJson.KeyJson;
import dev.bes.api.account.KeysJson.NewKeyJson;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes keys}: the keys by which programs sign in. */
@Command(
        name = "keys",
        description = "Makes, lists and revokes API keys: your own, or those of all users if you are an administrator.",
        footer = {"  bes keys list", "  bes keys create nightly-import --grant operator:finance-* --days 30"})
public final class KeysCommand implements Callable<Integer> {
    private final Session session;

    /** The command, over a session. */
    public KeysCommand(Session session) {
        this.session = session;
    }

    /** Lists, when no other command is named. */
    @Override
    public Integer call() {
        return list();
    }

    private Table<KeyJson> keys() {
        Instant now = session.environment().clock().instant();
        return Table.<KeyJson>of()
                .with("key", KeyJson::id)
                .with("name", KeyJson::name)
                .with("owner", KeyJson::owner)
                .with("grants", key -> String.join(" ", key.grants()))
                .with("state", key -> state(key, now))
                .with("expiresAt", KeyJson::expiresAt)
                .with("lastUsedAt", KeyJson::lastUsedAt);
    }

    private static String state(KeyJson key, Instant now) {
        return key.revokedAt() != null ? "revoked" : key.expiresAt().isAfter(now) ? "valid" : "expired";
    }

    @Command(
            name = "list",
            description = "Lists the keys, without their text.",
            footer = {"  bes keys list"})
    int list() {
        KeysJson all = session.api().keys();
        session.printer().rows(all, all.keys(), keys(), "There is no key.");
        session.tellRest(all.next());
        return ExitCode.FINISHED;
    }

    @Command(
            name = "create",
            description = "Makes a key for you, and prints its text once.",
            footer = {
                "  bes keys create nightly-import --grant operator:finance-* --days 30",
                "  bes keys create dashboard --grant viewer -q"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "What the key is for.") String name,
            @Option(
                            names = "--grant",
                            paramLabel = "GRANT",
                            required = true,
                            description = "A role, or role:pattern: not more than you may do yourself.")
                    List<String> grants,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description = "How long it is valid. Default: as the service says.")
                    @Nullable
                    Integer days) {
        CreatedKeyJson created = session.api().createKey(new NewKeyJson(name, grants, days));
        session.printer()
                .row(
                        created,
                        created,
                        Table.<CreatedKeyJson>of()
                                .with("text", CreatedKeyJson::text)
                                .with("key", one -> one.key().id())
                                .with("name", one -> one.key().name())
                                .with("expiresAt", one -> one.key().expiresAt()));
        session.printer().note("The text of the key is shown this once.");
        return ExitCode.FINISHED;
    }

    @Command(
            name = "revoke",
            description = "Revokes a key: it is refused from now on.",
            footer = {"  bes keys revoke 3f9a"})
    int revoke(@Parameters(paramLabel = "KEY", description = "The id of the key, as listed.") String id) {
        KeyJson key = session.api().revokeKey(id);
        session.printer().row(key, key, keys());
        return ExitCode.FINISHED;
    }
}
