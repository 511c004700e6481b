package dev.bes.orchestrator.account;

import dev.bes.orchestrator.account.AccountEvents.Kind;
import dev.bes.orchestrator.account.AccountRefusedException.Reason;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys by which programs sign in: {@code bes_<id>_<secret>}. The secret has 256 random bits; only its hash is stored. */
@Component
public class ApiKeys {
    /** How every key begins. */
    public static final String PREFIX = "bes_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9a-f]{12})_([0-9a-f]{64})");
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_NAME = 100;
    private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1," + LONGEST_NAME + "}");

    private static final String SELECT = """
            SELECT k.id, k.name, a.name AS owner, k.grants, k.created_at, k.expires_at, k.last_used_at, k.revoked_at
            FROM api_key k JOIN account a ON a.id = k.account_id""";

    private static final String VALID = """
            SELECT k.secret_hash, k.name, k.account_id, a.name AS owner, k.grants, a.grants AS owner_grants,
                coalesce(k.last_used_at < now() - interval '1 min', true) AS stale
            FROM api_key k JOIN account a ON a.id = k.account_id
            WHERE k.id = :id AND k.revoked_at IS NULL AND k.expires_at > now() AND NOT a.disabled
                AND (:local OR a.external_id IS NOT NULL)""";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Passwords random;
    private final AccountEvents events;
    private final AccountSettings settings;

    ApiKeys(
            JdbcClient jdbc,
            Transactions transactions,
            Passwords random,
            AccountEvents events,
            AccountSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.random = random;
        this.events = events;
        this.settings = settings;
    }

    /** A key and its text, which is shown once. */
    public record NewKey(ApiKey key, String text) {}

    private record Stored(String hash, Access access, boolean stale) {}

    /**
     * Makes a key for the caller.
     *
     * @param name what it is for
     * @param grants what it may do: not more than the caller
     * @param lifetime how long it is valid; null for the usual time
     * @throws AccountRefusedException if the caller has no account, or what he asks for is not allowed
     */
    public NewKey create(Access caller, String name, Collection<String> grants, @Nullable Duration lifetime) {
        Long owner = caller.account();
        if (owner == null) {
            throw new AccountRefusedException(
                    Reason.NO_ACCOUNT, "A key belongs to an account, and '%s' has none".formatted(caller.name()));
        }
        List<Grant> read = checked(caller, name.strip(), grants);
        Duration valid = checked(lifetime == null ? settings.apiKeyLifetime() : lifetime);
        String id = random.randomHex(ID_BYTES);
        String secret = random.randomHex(SECRET_BYTES);
        return transactions.run(() -> {
            jdbc.sql("""
                    INSERT INTO api_key (id, account_id, name, secret_hash, grants, expires_at)
                    VALUES (:id, :owner, :name, :hash, :grants, now() + :valid * interval '1 s')""")
                    .param("id", id)
                    .param("owner", owner)
                    .param("name", name.strip())
                    .param("hash", Sha256.of(secret))
                    .param("grants", Account.texts(read))
                    .param("valid", valid.toSeconds())
                    .update();
            ApiKey key = find(id).orElseThrow();
            events.happened(Kind.KEY_CREATED, caller.name(), key.described(), null, read.toString());
            return new NewKey(key, PREFIX + id + "_" + secret);
        });
    }

    /** The caller that a key stands for; empty if it is none, or no longer valid. */
    public Optional<Access> access(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String id = parts.group(1);
        Optional<Stored> stored = jdbc.sql(VALID)
                .param("id", id)
                .param("local", settings.localUsers())
                .query(ApiKeys::stored)
                .optional()
                .filter(key -> isSame(key.hash, Sha256.of(parts.group(2))));
        if (stored.filter(Stored::stale).isPresent()) {
            jdbc.sql("UPDATE api_key SET last_used_at = now() WHERE id = :id")
                    .param("id", id)
                    .update();
        }
        return stored.map(Stored::access);
    }

    /** The keys of all owners, newest first. */
    public List<ApiKey> all() {
        return jdbc.sql(SELECT + " ORDER BY k.created_at DESC, k.id")
                .query(ApiKeys::key)
                .list();
    }

    /** The keys of an account, newest first. */
    public List<ApiKey> of(@Nullable Long account) {
        return jdbc.sql(SELECT + " WHERE k.account_id = :account ORDER BY k.created_at DESC, k.id")
                .param("account", account == null ? -1 : account)
                .query(ApiKeys::key)
                .list();
    }

    /**
     * Revokes a key. One that is revoked stays so.
     *
     * @throws AccountRefusedException if there is none that the caller may revoke: his own, and as administrator every one
     */
    public ApiKey revoke(Access caller, String id) {
        return transactions.run(() -> {
            ApiKey key = jdbc.sql(SELECT + " WHERE k.id = :id AND (:all OR k.account_id = :account) FOR UPDATE OF k")
                    .param("id", id)
                    .param("all", caller.mayEverywhere(Role.ADMIN))
                    .param("account", caller.account() == null ? -1 : caller.account())
                    .query(ApiKeys::key)
                    .optional()
                    .orElseThrow(() -> new AccountRefusedException(Reason.UNKNOWN_KEY, "You have no such key"));
            if (key.revokedAt() != null) {
                return key;
            }
            jdbc.sql("UPDATE api_key SET revoked_at = now() WHERE id = :id")
                    .param("id", id)
                    .update();
            events.happened(Kind.KEY_REVOKED, caller.name(), key.described(), null, null);
            return find(id).orElseThrow();
        });
    }

    /** The key of that id. */
    public Optional<ApiKey> find(String id) {
        return jdbc.sql(SELECT + " WHERE k.id = :id")
                .param("id", id)
                .query(ApiKeys::key)
                .optional();
    }

    private static List<Grant> checked(Access caller, String name, Collection<String> grants) {
        if (name.isBlank() || !NAME.matcher(name).matches()) {
            throw new AccountRefusedException(
                    Reason.BAD_NAME, "The name of a key has 1 to %d visible characters".formatted(LONGEST_NAME));
        }
        List<Grant> read = Account.grants(grants);
        if (read.isEmpty() || !caller.includes(read)) {
            throw new AccountRefusedException(
                    Reason.BAD_GRANT,
                    read.isEmpty()
                            ? "A key needs at least one grant, such as 'operator' or 'viewer:finance-*'"
                            : "A key may not do more than you: you have " + caller.grants());
        }
        return read;
    }

    private Duration checked(Duration lifetime) {
        if (!lifetime.isPositive() || lifetime.compareTo(settings.apiKeyMaxLifetime()) > 0) {
            throw new AccountRefusedException(
                    Reason.BAD_EXPIRY,
                    "A key is valid for at least a day and at most %d days (orchestrator.accounts.api-key-max-lifetime)"
                            .formatted(settings.apiKeyMaxLifetime().toDays()));
        }
        return lifetime;
    }

    private static boolean isSame(String stored, String sent) {
        return MessageDigest.isEqual(
                stored.getBytes(StandardCharsets.US_ASCII), sent.getBytes(StandardCharsets.US_ASCII));
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        List<Grant> owners =
                Grant.of(List.of((String[]) row.getArray("owner_grants").getArray()));
        String name = "%s (key %s)".formatted(row.getString("owner"), row.getString("name"));
        return new Stored(
                row.getString("secret_hash"),
                new Access(name, row.getLong("account_id"), Grant.intersection(Account.grants(row), owners)),
                row.getBoolean("stale"));
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("owner"),
                Account.grants(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                Account.instant(row, "last_used_at"),
                Account.instant(row, "revoked_at"));
    }
}
