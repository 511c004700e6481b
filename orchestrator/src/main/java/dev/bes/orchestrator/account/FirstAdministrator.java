package dev.bes.orchestrator.account;

import dev.bes.orchestrator.database.transaction.Transactions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Makes the first administrator, as long as nobody has signed in who could add others. */
@Component
public class FirstAdministrator {
    private static final String NAME = "admin";

    // of several nodes that start at once, one adds the row and knows its password
    private static final String ADD = """
            INSERT INTO account (name, password_hash, one_time_until, grants)
            SELECT :name, :hash, now() + :lifetime * interval '1 s', '{admin}' WHERE NOT EXISTS (SELECT FROM account)
            ON CONFLICT DO NOTHING""";

    /** Nobody has used the password, and nobody can any more. */
    private static final String RENEW = """
            UPDATE account SET password_hash = :hash, one_time_until = now() + :lifetime * interval '1 s'
            WHERE name = :name AND one_time_until < now() AND last_sign_in_at IS NULL
              AND NOT EXISTS (SELECT FROM account WHERE name <> :name)""";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Passwords passwords;
    private final AccountEvents events;
    private final AccountSettings settings;

    FirstAdministrator(
            JdbcClient jdbc,
            Transactions transactions,
            Passwords passwords,
            AccountEvents events,
            AccountSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.events = events;
        this.settings = settings;
    }

    /**
     * Name and password.
     *
     * @param name the name of the administrator
     * @param password his one-time password
     */
    public record Credentials(String name, String password) {}

    /** Adds the administrator if there is no account, or only him with a one-time password that has expired; null if it is not needed. */
    public @Nullable Credentials ensure() {
        if (jdbc.sql(
                        "SELECT EXISTS (SELECT FROM account WHERE last_sign_in_at IS NOT NULL OR coalesce(one_time_until > now(), true))")
                .query(Boolean.class)
                .single()) {
            return null;
        }
        String password = passwords.oneTime();
        String hash = passwords.hash(password);
        boolean made = transactions.run(() -> {
            boolean changed = List.of(ADD, RENEW).stream().anyMatch(sql -> change(sql, hash));
            if (changed) {
                events.happened(AccountEvents.Kind.USER_ADDED, null, NAME, null, "[admin]");
            }
            return changed;
        });
        return made ? new Credentials(NAME, password) : null;
    }

    private boolean change(String sql, String hash) {
        return jdbc.sql(sql)
                        .param("name", NAME)
                        .param("hash", hash)
                        .param("lifetime", settings.oneTimePasswordLifetime().toSeconds())
                        .update()
                == 1;
    }
}
