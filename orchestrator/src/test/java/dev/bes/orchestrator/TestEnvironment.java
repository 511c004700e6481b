package dev.bes.orchestrator;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The real parts that tests run on, started once per JVM: PostgreSQL, blob store, managed API, BES. */
public final class TestEnvironment {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable EmbeddedPostgres postgres;
    private static @Nullable Sandbox sandbox;

    private TestEnvironment() {}

    /** The remote side; jobs take a tenth of a second unless a test says otherwise. */
    public static synchronized Sandbox sandbox() {
        if (sandbox == null) {
            // tests leave jobs that hang, and the jobs of all tests share the places of a service
            sandbox = Sandbox.start(SandboxOptions.defaults()
                    .withServiceTime(Duration.ofMillis(50), Duration.ofMillis(150))
                    .withMaxConcurrentJobs(10_000));
        }
        return sandbox;
    }

    /** The JDBC address of a new, empty database. */
    public static String newDatabase() {
        return create("");
    }

    /**
     * The JDBC address of a new database that holds what another one holds now, as a restored backup does.
     *
     * @param original the JDBC address of the other one, which nobody is connected to
     */
    public static String copyOf(String original) {
        Matcher name = Pattern.compile("/(\\w+)\\?").matcher(original);
        if (!name.find()) {
            throw new IllegalArgumentException(original);
        }
        return create(" TEMPLATE " + name.group(1));
    }

    private static synchronized String create(String template) {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = postgres().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return postgres().getJdbcUrl("postgres", name);
    }

    private static synchronized EmbeddedPostgres postgres() {
        if (postgres == null) {
            try {
                postgres = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("track_commit_timestamp", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return postgres;
    }
}
