package dev.bes.orchestrator.account;

import static dev.bes.orchestrator.account.AccountEvents.Kind;

import dev.bes.orchestrator.account.AccountRefusedException.Reason;
import dev.bes.orchestrator.database.transaction.Transactions;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The accounts. A change works at once on all nodes: each request reads the account of its caller. */
@Component
@EnableConfigurationProperties(AccountSettings.class)
public class Accounts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");
    // of two who take the role from each other at the same time, one is told that he is the last
    static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('account'))";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Passwords passwords;
    private final AccountEvents events;
    private final AccountSettings settings;

    Accounts(
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

    /** An account and the password that is shown once. */
    public record OneTimePassword(Account account, String password) {}

    /** Whether users may sign in by passwords of this service. */
    public boolean hasLocalUsers() {
        return settings.localUsers();
    }

    /** Whether its user and his keys may use the service. */
    public boolean isUsable(Account account) {
        return !account.disabled() && (account.external() || settings.localUsers());
    }

    /** The account of that number. */
    public Optional<Account> find(long id) {
        return jdbc.sql("SELECT " + Account.COLUMNS + " FROM account WHERE id = :id")
                .param("id", id)
                .query(Account::account)
                .optional();
    }

    /** The account of that name. */
    public Optional<Account> find(String name) {
        return jdbc.sql("SELECT " + Account.COLUMNS + " FROM account WHERE name = :name")
                .param("name", name)
                .query(Account::account)
                .optional();
    }

    /**
     * The account of that name.
     *
     * @throws AccountRefusedException if there is none
     */
    public Account named(String name) {
        return find(name).orElseThrow(() -> new AccountRefusedException(Reason.UNKNOWN_USER, "There is no such user"));
    }

    /** All accounts, by name. */
    public List<Account> all() {
        return jdbc.sql("SELECT " + Account.COLUMNS + " FROM account ORDER BY name")
                .query(Account::account)
                .list();
    }

    /**
     * Adds a local user with a one-time password.
     *
     * @param by who adds him
     * @throws AccountRefusedException if the name is taken or no name, a grant is none, or there are no local users
     */
    public OneTimePassword add(String name, Collection<String> grants, String by) {
        settings.requireLocalUsers();
        if (!NAME.matcher(name).matches()) {
            throw new AccountRefusedException(
                    Reason.BAD_NAME,
                    "The name of a user has 1 to 64 lower-case letters, digits, dots, dashes, underscores and @, and"
                            + " begins with a letter or a digit");
        }
        List<Grant> read = Account.grants(grants);
        String password = passwords.oneTime();
        String hash = passwords.hash(password);
        try {
            return transactions.run(() -> {
                jdbc.sql("""
                        INSERT INTO account (name, password_hash, one_time_until, grants)
                        VALUES (:name, :hash, now() + :lifetime * interval '1 s', :grants)""")
                        .param("name", name)
                        .param("hash", hash)
                        .param("lifetime", settings.oneTimePasswordLifetime().toSeconds())
                        .param("grants", Account.texts(read))
                        .update();
                events.happened(Kind.USER_ADDED, by, name, null, read.toString());
                return new OneTimePassword(named(name), password);
            });
        } catch (DuplicateKeyException e) {
            throw new AccountRefusedException(Reason.NAME_TAKEN, "There is already a user '%s'".formatted(name));
        }
    }

    /**
     * Replaces the grants of a user.
     *
     * @param precondition gets the account as it is before, in the transaction of the change; what it throws refuses the
     *     change
     * @throws AccountRefusedException if there is no such user, a grant is none, or no administrator would be left
     */
    public Account changeGrants(String name, Collection<String> grants, String by, Consumer<Account> precondition) {
        List<Grant> read = Account.grants(grants);
        return change(name, "grants = :value", Account.texts(read), before -> {
            precondition.accept(before);
            events.grantsChanged(before, read, by);
        });
    }

    /**
     * Replaces the grants of a user, whatever they are.
     *
     * @throws AccountRefusedException if there is no such user, a grant is none, or no administrator would be left
     */
    public Account changeGrants(String name, Collection<String> grants, String by) {
        return changeGrants(name, grants, by, _ -> {});
    }

    /**
     * Disables a user: his sessions are over, and his keys are refused.
     *
     * @throws AccountRefusedException if there is no such user, or no administrator would be left
     */
    public Account disable(String name, String by) {
        return change(name, "disabled = :value, session_epoch = session_epoch + 1", true, before -> {
            if (!before.disabled()) {
                events.happened(Kind.USER_DISABLED, by, name, null, null);
            }
        });
    }

    /**
     * Enables a user again.
     *
     * @throws AccountRefusedException if there is no such user
     */
    public Account enable(String name, String by) {
        return change(name, "disabled = :value", false, before -> {
            if (before.disabled()) {
                events.happened(Kind.USER_ENABLED, by, name, null, null);
            }
        });
    }

    /**
     * Gives a local user a one-time password: his sessions are over.
     *
     * @throws AccountRefusedException if there is no such user, a provider checks who he is, or there are no local users
     */
    public OneTimePassword resetPassword(String name, String by) {
        settings.requireLocalUsers();
        String password = passwords.oneTime();
        String hash = passwords.hash(password);
        return transactions.run(() -> {
            named(name).requireLocal();
            jdbc.sql("""
                    UPDATE account SET password_hash = :hash, one_time_until = now() + :lifetime * interval '1 s',
                        session_epoch = session_epoch + 1
                    WHERE name = :name""")
                    .param("hash", hash)
                    .param("lifetime", settings.oneTimePasswordLifetime().toSeconds())
                    .param("name", name)
                    .update();
            events.happened(Kind.PASSWORD_RESET, by, name, null, null);
            return new OneTimePassword(named(name), password);
        });
    }

    /**
     * Gives a user the password that he has chosen: all his sessions are over.
     *
     * @param current his password until now
     * @return his account; a new session of it is valid
     * @throws AccountRefusedException if the current password is wrong, or the new one breaks a rule
     */
    public Account changePassword(long id, String current, String chosen) {
        Account account = find(id).orElseThrow();
        account.requireLocal();
        if (!passwords.matches(current, hash(id))) {
            throw new AccountRefusedException(Reason.WRONG_PASSWORD, "The current password is not correct");
        }
        PasswordRules.check(account.name(), chosen);
        if (Passwords.normalized(current).equals(Passwords.normalized(chosen))) {
            throw new AccountRefusedException(Reason.WEAK_PASSWORD, "It must not be the current password");
        }
        String hash = passwords.hash(chosen);
        return transactions.run(() -> {
            jdbc.sql("""
                    UPDATE account SET password_hash = :hash, one_time_until = NULL, session_epoch = session_epoch + 1
                    WHERE id = :id""").param("hash", hash).param("id", id).update();
            events.happened(Kind.PASSWORD_CHANGED, account.name(), account.name(), null, null);
            return find(id).orElseThrow();
        });
    }

    /** Ends all sessions of a user. */
    public Account signOutEverywhere(long id, String by) {
        return transactions.run(() -> {
            jdbc.sql("UPDATE account SET session_epoch = session_epoch + 1 WHERE id = :id")
                    .param("id", id)
                    .update();
            Account account = find(id).orElseThrow();
            events.happened(Kind.SIGNED_OUT_EVERYWHERE, by, account.name(), null, null);
            return account;
        });
    }

    @Nullable
    String hash(long id) {
        return jdbc.sql("SELECT password_hash FROM account WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private interface Told {
        void of(Account before);
    }

    private Account change(String name, String what, Object value, Told told) {
        return transactions.run(() -> {
            jdbc.sql(LOCK).query((row, number) -> 0).single();
            Account before = named(name);
            jdbc.sql("UPDATE account SET " + what + " WHERE name = :name")
                    .param("value", value)
                    .param("name", name)
                    .update();
            Account after = named(name);
            if (isAdministrator(before)
                    && !isAdministrator(after)
                    && all().stream().noneMatch(this::isAdministrator)) {
                throw new AccountRefusedException(
                        Reason.LAST_ADMINISTRATOR,
                        "'%s' is the last user with the role admin on everything. Give it to another user first"
                                .formatted(name));
            }
            told.of(before);
            return after;
        });
    }

    private boolean isAdministrator(Account account) {
        return isUsable(account)
                && account.grants().stream().anyMatch(grant -> grant.equals(Grant.everywhere(Role.ADMIN)));
    }

    /** The name of a user as it is stored, whatever case was typed. */
    static String typed(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
