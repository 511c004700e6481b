package dev.bes.orchestrator.account;

import dev.bes.orchestrator.account.AccountEvents.Kind;
import dev.bes.orchestrator.audit.RequestOrigin;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signs local users in by their passwords. */
@Component
public class SignIn {
    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final Passwords passwords;
    private final SignInLimit limit;
    private final AccountEvents events;

    SignIn(JdbcClient jdbc, Accounts accounts, Passwords passwords, SignInLimit limit, AccountEvents events) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limit = limit;
        this.events = events;
    }

    /** The outcome of an attempt. */
    public sealed interface Outcome {}

    /** The password was right, and the account may be used. */
    public record Accepted(Account account) implements Outcome {}

    /** The attempt failed. Why is told to nobody. */
    public record Refused() implements Outcome {}

    /** There were too many failures: nothing was checked. */
    public record Wait(Duration time) implements Outcome {}

    private record Known(long id, @Nullable String hash, boolean usable) {}

    /**
     * Tries a name and a password. Takes as long for an unknown user as for a known one.
     *
     * @param address where the attempt comes from
     */
    public Outcome attempt(String typedName, String password, InetAddress address) {
        RequestOrigin.signsInBy("password");
        String name = Accounts.typed(typedName);
        Known known = known(name);
        Optional<Duration> wait = limit.attempt(name, address);
        if (wait.isPresent()) {
            refused(known == null ? null : name, address, "too many failures");
            return new Wait(wait.get());
        }
        boolean right = password.length() <= PasswordRules.LONGEST * 2
                && passwords.matches(password, known == null ? null : known.hash);
        if (!right || known == null || !known.usable) {
            refused(known == null ? null : name, address, "");
            return new Refused();
        }
        limit.succeeded(name, address);
        return new Accepted(accepted(known.id, address.getHostAddress()));
    }

    /** Takes note that somebody has signed in, by a password or by an OpenID provider. */
    public Account accepted(long id, String address) {
        jdbc.sql("UPDATE account SET last_sign_in_at = now() WHERE id = :id")
                .param("id", id)
                .update();
        Account account = accounts.find(id).orElseThrow();
        events.happened(Kind.SIGNED_IN, account.name(), account.name(), null, "from " + address);
        return account;
    }

    /** Takes note that somebody has signed out. */
    public void signedOut(String name) {
        events.happened(Kind.SIGNED_OUT, name, name, null, null);
    }

    /** A name that nobody has may be a password in the wrong field: it is written nowhere. */
    private void refused(@Nullable String known, InetAddress address, String why) {
        events.signInRefused(known, "from " + address.getHostAddress() + (why.isEmpty() ? "" : ": " + why));
    }

    private @Nullable Known known(String name) {
        return jdbc.sql("""
                SELECT id, password_hash, NOT disabled AND coalesce(one_time_until > now(), true) AS usable
                FROM account WHERE name = :name AND external_id IS NULL""")
                .param("name", name)
                .query((row, number) ->
                        new Known(row.getLong("id"), row.getString("password_hash"), row.getBoolean("usable")))
                .optional()
                .orElse(null);
    }
}
