package dev.bes.orchestrator.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Which failures are the database's, and which of them everybody meets. */
class DatabaseFailureTests {

    @ParameterizedTest
    @CsvSource({
        "25006, READ_ONLY, true",
        "08001, NO_ANSWER, true",
        "08003, NO_ANSWER, true",
        "08006, NO_ANSWER, true",
        "08P01, NO_ANSWER, true",
        "57P01, NO_ANSWER, true",
        "57P02, NO_ANSWER, true",
        "57P03, NO_ANSWER, true",
        "57P04, NO_ANSWER, true",
        "53300, NO_CONNECTIONS, true",
        "53100, NO_ROOM, true",
        "58030, NO_ROOM, true",
        "28P01, REFUSED, true",
        "28000, REFUSED, true",
        "3D000, REFUSED, true",
        "53200, BUSY, false",
        "53400, BUSY, false",
        "55P03, BUSY, false",
        "57014, BUSY, false",
        "57P05, BUSY, false",
        "25P03, BUSY, false",
        "25P04, BUSY, false",
        "40001, BUSY, false",
        "40P01, BUSY, false",
    })
    void isKnownByTheSqlStateHoweverDeeplyNested(String state, DatabaseFailure failure, boolean outage) {
        SQLException alone = new SQLException("it said", state);
        SQLException inABatch = new BatchUpdateException("it said", "99999", new int[0]);
        inABatch.setNextException(alone);
        for (Exception each : new Exception[] {
            alone,
            inABatch,
            new UncategorizedSQLException("task", "SELECT", alone),
            new IllegalStateException("A launch set ended as FAILED", new CannotGetJdbcConnectionException("no", alone))
        }) {
            assertThat(DatabaseFailure.of(each)).isEqualTo(failure);
            assertThat(DatabaseFailure.isOutage(each)).isEqualTo(outage);
        }
    }

    @ParameterizedTest
    @CsvSource({"23505", "42P01", "42501", "22001", "25P02", "XX001", "0A000"})
    void takesConstraintViolationsForNoOutage(String state) {
        assertThat(DatabaseFailure.of(new DataIntegrityViolationException("", new SQLException("it said", state))))
                .isNull();
        assertThat(DatabaseFailure.of(new IllegalStateException())).isNull();
        assertThat(DatabaseFailure.of(null)).isNull();
    }

    @Test
    void tellsAPoolThatIsUsedUpFromOneThatGetsNoConnections() {
        SQLException usedUp = new SQLTransientConnectionException("request timed out");
        SQLException closed = new SQLTransientConnectionException(
                "request timed out", "55000", new SQLException("not accepting connections", "55000"));

        assertThat(DatabaseFailure.of(new CannotCreateTransactionException("", usedUp)))
                .isEqualTo(DatabaseFailure.CROWDED);
        assertThat(DatabaseFailure.of(new CannotCreateTransactionException("", closed)))
                .as("whatever the server said")
                .isEqualTo(DatabaseFailure.NO_ANSWER);
    }

    @Test
    void looksBehindARollbackThatFailed() {
        TransactionSystemException rollback =
                new TransactionSystemException("Could not roll back", new SQLException("Connection is closed"));
        assertThat(DatabaseFailure.of(rollback)).isEqualTo(DatabaseFailure.NO_ANSWER);
        rollback.initApplicationException(
                new UncategorizedSQLException("task", "INSERT", new SQLException("read-only", "25006")));

        assertThat(DatabaseFailure.of(rollback)).isEqualTo(DatabaseFailure.READ_ONLY);
    }

    @Test
    void takesAnUnclearExceptionForNoOutage() {
        assertThat(DatabaseFailure.of(new TransactionSystemException("who knows")))
                .isEqualTo(DatabaseFailure.UNCLEAR);
        assertThat(DatabaseFailure.isOutage(new TransactionSystemException("who knows")))
                .isFalse();
    }
}
