package dev.bes.orchestrator.database;

import com.zaxxer.hikari.HikariConfig;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates the database when a node starts, before anything else touches it. It waits for a database that is away, starting, full or
 * read-only, also in the middle: each migration is a transaction. A failure that waiting does not mend ends the start at once.
 */
final class DatabaseMigration implements FlywayMigrationStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseMigration.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);
    private static final String SETTINGS = "spring.datasource.url, .username and .password";

    private final HikariConfig pool;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final CountDownLatch ending = new CountDownLatch(1);

    /**
     * Waits for the database of a pool, without using the pool until the database answers.
     *
     * @param longest maximum wait
     * @param nanoTime a clock that only ever goes forward
     */
    DatabaseMigration(HikariConfig pool, Duration longest, LongSupplier nanoTime) {
        this.pool = pool;
        this.longest = longest;
        this.nanoTime = nanoTime;
    }

    @Override
    public void migrate(Flyway flyway) {
        Exception trouble = attempt(flyway);
        if (trouble != null) {
            Thread end = Thread.ofPlatform().unstarted(ending::countDown);
            Runtime.getRuntime().addShutdownHook(end);
            try {
                insist(flyway, trouble);
            } finally {
                forget(end);
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending", e);
        }
    }

    private void insist(Flyway flyway, Exception first) {
        long begin = nanoTime.getAsLong();
        Duration said = BETWEEN_WORDS.negated();
        for (Exception trouble = first; trouble != null; trouble = attempt(flyway)) {
            Duration waited = Duration.ofNanos(nanoTime.getAsLong() - begin);
            if (!isWorthWaiting(trouble)) {
                throw refused(trouble);
            }
            if (waited.compareTo(longest) >= 0 || pause()) {
                throw givenUp(trouble, waited);
            }
            if (waited.minus(said).compareTo(BETWEEN_WORDS) >= 0) {
                said = waited;
                LOG.warn(
                        "Waiting for the database {}, for {} s now and {} s at most (orchestrator.database.startup-timeout): {}",
                        address(),
                        waited.toSeconds(),
                        longest.toSeconds(),
                        ServerMessage.of(trouble));
            }
        }
        LOG.info("The database {} can be used", address());
    }

    /** Waits until the next try; true if the process ends. */
    private boolean pause() {
        try {
            return ending.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Tries once; the failure, or null. */
    private @Nullable Exception attempt(Flyway flyway) {
        try {
            DatabaseProbe.check(pool);
            flyway.migrate();
            return null;
        } catch (SQLException | FlywayException e) {
            return e;
        }
    }

    private static boolean isWorthWaiting(Exception e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        return failure != null
                && failure != DatabaseFailure.REFUSED
                && ServerMessage.causes(e)
                        .noneMatch(cause -> cause instanceof CertificateException
                                || (cause instanceof SQLException sql && isForGood(sql)));
    }

    /** An address without a driver, or a demand of the server or driver that is not met. */
    private static boolean isForGood(SQLException e) {
        return "08004".equals(e.getSQLState()) || String.valueOf(e.getMessage()).startsWith("No suitable driver");
    }

    private DatabaseUnusableException refused(Exception e) {
        return new DatabaseUnusableException(
                "The database %s can't be used: %s".formatted(address(), ServerMessage.of(e)),
                "See %s, and the rights of this user.".formatted(SETTINGS),
                e);
    }

    private DatabaseUnusableException givenUp(Exception e, Duration waited) {
        return new DatabaseUnusableException(
                "The database %s could not be used for %d s: %s"
                        .formatted(address(), waited.toSeconds(), ServerMessage.of(e)),
                "Start the database, or see %s. How long a start waits is orchestrator.database.startup-timeout."
                        .formatted(SETTINGS),
                e);
    }

    /** The address without the part after a question mark, which may hold a password. */
    private String address() {
        return pool.getJdbcUrl().replaceFirst("\\?.*", "").replaceFirst("^jdbc:postgresql:(//)?", "");
    }
}
