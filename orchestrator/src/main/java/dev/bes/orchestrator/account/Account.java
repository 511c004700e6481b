package dev.bes.orchestrator.account;

import dev.bes.orchestrator.account.AccountRefusedException.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account of a person.
 *
 * @param id its number
 * @param name the name at sign-in, and in history and audit
 * @param external whether an OpenID provider checks who he is; else a password does
 * @param oneTimeUntil until when the one-time password can be used; null if the user has chosen one, or has none
 * @param grants what he may do
 * @param disabled whether neither he nor a key of his may use the service
 * @param sessionEpoch sessions with another number are over
 * @param createdAt when it was added
 * @param lastSignInAt when somebody last signed in with it; null if nobody has
 */
public record Account(
        long id,
        String name,
        boolean external,
        @Nullable Instant oneTimeUntil,
        List<Grant> grants,
        boolean disabled,
        int sessionEpoch,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {
    static final String COLUMNS = "id, name, external_id IS NOT NULL AS external, one_time_until, grants, disabled,"
            + " session_epoch, created_at, last_sign_in_at";
    private static final int MAX_GRANTS = 50;

    /** Whether the password must be changed before anything else. */
    public boolean mustChangePassword() {
        return oneTimeUntil != null;
    }

    /** What he may do in a session: nothing, as long as the password must be changed. */
    public Access access() {
        return new Access(name, id, mustChangePassword() ? List.of() : grants);
    }

    void requireLocal() {
        if (external) {
            throw new AccountRefusedException(
                    Reason.EXTERNAL_USER,
                    "'%s' has no password here: he signs in by the OpenID provider".formatted(name));
        }
    }

    /**
     * Parses grants.
     *
     * @throws AccountRefusedException if one is none, or there are too many
     */
    static List<Grant> grants(Collection<String> texts) {
        if (texts.size() > MAX_GRANTS) {
            throw new AccountRefusedException(Reason.BAD_GRANT, "At most %d grants are allowed".formatted(MAX_GRANTS));
        }
        try {
            return Grant.of(texts);
        } catch (IllegalArgumentException e) {
            throw new AccountRefusedException(Reason.BAD_GRANT, String.valueOf(e.getMessage()));
        }
    }

    static String[] texts(List<Grant> grants) {
        return grants.stream().map(Grant::toString).toArray(String[]::new);
    }

    static List<Grant> grants(ResultSet row) throws SQLException {
        return Grant.of(Arrays.asList((String[]) row.getArray("grants").getArray()));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static Account account(ResultSet row, int number) throws SQLException {
        return new Account(
                row.getLong("id"),
                row.getString("name"),
                row.getBoolean("external"),
                instant(row, "one_time_until"),
                grants(row),
                row.getBoolean("disabled"),
                row.getInt("session_epoch"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "last_sign_in_at"));
    }
}
