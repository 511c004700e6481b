package dev.bes.orchestrator.run;

import com.zaxxer.hikari.HikariConfig;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates the database when a node starts, before anything else touches it. A database that is away, starting, full or
 * read-only is waited for, also when it goes away in the middle: each migration is a transaction. What waiting does not mend ends
 * the start at once.
 */
final class DatabaseWait implements FlywayMigrationStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWait.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);
    private static final int OLDEST = 150_000;
    private static final String SETTINGS = "spring.datasource.url, .username and .password";

    private final HikariConfig pool;
    private final Duration longest;
    private final LongSupplier nanoTime;
    private final CountDownLatch ending = new CountDownLatch(1);

    /**
     * Waits for the database of a pool, which it leaves alone until the database answers.
     *
     * @param longest how long at most
     * @param nanoTime a clock that only ever goes forward
     */
    DatabaseWait(HikariConfig pool, Duration longest, LongSupplier nanoTime) {
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
                        "Waiting for the database {}, for {} s now and {} s at most (orchestrator.database.wait): {}",
                        address(),
                        waited.toSeconds(),
                        longest.toSeconds(),
                        words(trouble));
            }
        }
        LOG.info("The database {} can be worked with", address());
    }

    /** Whether the process was told to end. */
    private boolean pause() {
        try {
            return ending.await(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** What went wrong, if something did. */
    private @Nullable Exception attempt(Flyway flyway) {
        try {
            probe();
            flyway.migrate();
            return null;
        } catch (SQLException | FlywayException e) {
            return e;
        }
    }

    /** By a connection of its own: a pool tries and logs in the background. */
    private void probe() throws SQLException {
        Properties properties = new Properties();
        pool.getDataSourceProperties()
                .forEach((name, value) -> properties.setProperty(name.toString(), value.toString()));
        set(properties, "user", pool.getUsername());
        set(properties, "password", pool.getPassword());
        try (Connection connection = DriverManager.getConnection(pool.getJdbcUrl(), properties);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('server_version_num')::int, current_setting('transaction_read_only')")) {
            row.next();
            if (row.getInt(1) < OLDEST) {
                throw new SQLException(
                        "it is PostgreSQL %d, and 15 or newer is needed".formatted(row.getInt(1) / 10_000));
            }
            if (row.getString(2).equals("on")) {
                throw new SQLException("it is read-only, as a standby is", "25006");
            }
        }
    }

    private static void set(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }

    private static boolean isWorthWaiting(Exception e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        return failure != null
                && failure != DatabaseFailure.REFUSED
                && causes(e)
                        .noneMatch(cause -> cause instanceof CertificateException
                                || (cause instanceof SQLException sql && isForGood(sql)));
    }

    /** An address that no driver takes, and what the server or the driver demands and we have not got. */
    private static boolean isForGood(SQLException e) {
        return "08004".equals(e.getSQLState()) || String.valueOf(e.getMessage()).startsWith("No suitable driver");
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(20);
    }

    private DatabaseUnusableException refused(Exception e) {
        return new DatabaseUnusableException(
                "The database %s can't be used: %s".formatted(address(), words(e)),
                "See %s, and what this user may do there.".formatted(SETTINGS),
                e);
    }

    private DatabaseUnusableException givenUp(Exception e, Duration waited) {
        return new DatabaseUnusableException(
                "The database %s could not be worked with for %d s: %s"
                        .formatted(address(), waited.toSeconds(), words(e)),
                "Start the database, or see %s. How long a start waits is orchestrator.database.wait."
                        .formatted(SETTINGS),
                e);
    }

    /** Where it is; what follows a question mark may hold a password. */
    private String address() {
        return pool.getJdbcUrl().replaceFirst("\\?.*", "").replaceFirst("^jdbc:postgresql:(//)?", "");
    }

    /** The innermost words: what is around them says only that there was trouble. */
    private static String words(Exception e) {
        String words = causes(e)
                .filter(SQLException.class::isInstance)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> String.valueOf(e.getMessage()));
        String host =
                causes(e).anyMatch(java.net.UnknownHostException.class::isInstance) ? "its host is not known: " : "";
        return host + words.strip().lines().findFirst().orElse("");
    }
}
