package dev.bes.orchestrator.account.creation;

import dev.bes.orchestrator.account.AccountRefusedException;
import dev.bes.orchestrator.account.AccountRefusedException.Reason;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.text.Sha256;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets a caller repeat the creation of a user or a key whose answer was lost: with the same idempotency key nothing is made
 * twice. What is made has a secret that is shown once and stored nowhere, so the repetition is told where it is, and not the
 * secret.
 */
@Component
public class CreationKeys {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Transactions transactions;

    CreationKeys(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private record Known(String fingerprint, String made) {}

    /**
     * Makes something, unless a request with this key has made it. The key is written in the transaction of the work; of two
     * requests at the same time the second waits for the first.
     *
     * @param caller who asks, as {@link dev.bes.orchestrator.account.Access#name()} says it
     * @param key the idempotency key; null to make it in any case
     * @param request what is asked for
     * @param work makes it
     * @param address where to find what was made
     * @throws AccountRefusedException if the key has made this already, or belongs to another request
     */
    public <T> T once(
            String caller, @Nullable String key, Object request, Supplier<T> work, Function<T, String> address) {
        if (key == null) {
            return work.get();
        }
        String fingerprint = Sha256.of(JSON.writeValueAsString(request));
        return transactions.run(() -> {
            boolean isNew = jdbc.sql("""
                            INSERT INTO creation_key (caller, key, fingerprint, made)
                            VALUES (:caller, :key, :fingerprint, '') ON CONFLICT DO NOTHING""")
                            .param("caller", caller)
                            .param("key", key)
                            .param("fingerprint", fingerprint)
                            .update()
                    == 1;
            if (!isNew) {
                throw refused(caller, key, fingerprint);
            }
            T made = work.get();
            jdbc.sql("UPDATE creation_key SET made = :made WHERE caller = :caller AND key = :key")
                    .param("made", address.apply(made))
                    .param("caller", caller)
                    .param("key", key)
                    .update();
            return made;
        });
    }

    /**
     * Forgets old keys.
     *
     * @param age how old they must be
     * @param batch how many at most
     */
    public void purge(Duration age, int batch) {
        jdbc.sql("""
                DELETE FROM creation_key WHERE (caller, key) IN (
                    SELECT caller, key FROM creation_key WHERE at < now() - :age * interval '1 ms'
                    ORDER BY at LIMIT :batch FOR UPDATE SKIP LOCKED)""").param("age", age.toMillis()).param("batch", batch).update();
    }

    private AccountRefusedException refused(String caller, String key, String fingerprint) {
        Known known = jdbc.sql("SELECT fingerprint, made FROM creation_key WHERE caller = :caller AND key = :key")
                .param("caller", caller)
                .param("key", key)
                .query((row, number) -> new Known(row.getString("fingerprint"), row.getString("made")))
                .single();
        return known.fingerprint.equals(fingerprint)
                ? new AccountRefusedException(
                        Reason.MADE_BEFORE,
                        "A request with the key '%s' has made %s already, and its secret was shown then"
                                .formatted(key, known.made))
                : new AccountRefusedException(
                        Reason.KEY_REUSED,
                        "The key '%s' belongs to another request, which has made %s".formatted(key, known.made));
    }
}
