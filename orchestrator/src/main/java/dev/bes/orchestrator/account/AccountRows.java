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

/** Reads the columns of accounts and keys. */
final class AccountRows {
    static final String COLUMNS = "id, name, external_id IS NOT NULL AS external, one_time_until, grants, disabled,"
            + " session_epoch, created_at, last_sign_in_at";
    private static final int MAX_GRANTS = 50;

    private AccountRows() {}

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
