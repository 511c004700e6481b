package dev.bes.testbench.postgres;

import dev.bes.testbench.process.FreePort;
import dev.bes.testbench.process.Signal;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server on one port and one data folder, which can be stopped, killed and started again. It writes to disk as
 * durably as in production, unless its settings differ.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Map<String, String> DURABLE = Map.of("fsync", "on", "synchronous_commit", "on");
    private static final Map<String, String> LOCAL = Map.of(
            "listen_addresses", "127.0.0.1",
            // a socket in a folder that everybody shares would be one more thing to clean up after a crash
            "unix_socket_directories", "",
            "timezone", "UTC");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresFolder folder;
    private final Path log;
    private final List<String> command;
    private final int port = FreePort.find();
    private @Nullable Process process;

    private PostgresServer(PostgresFolder folder, Path log, Map<String, String> settings) {
        this.folder = folder;
        this.log = log;
        Map<String, String> all = new LinkedHashMap<>(LOCAL);
        all.putAll(DURABLE);
        all.putAll(settings);
        this.command = folder.command(port, all);
    }

    /** How to end a server that answers. */
    public enum Stop {
        /** Open transactions are rolled back, everything is written to disk. */
        FAST(Signal.INT),
        /** All processes quit at once; the next start recovers, as after a crash. */
        IMMEDIATE(Signal.QUIT);

        private final Signal signal;

        Stop(Signal signal) {
            this.signal = signal;
        }
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @param data its data folder, filled if it is new
     * @param log its log file
     * @param settings settings of the server by name; they override the defaults of this class
     * @throws IllegalStateException when it does not start
     */
    public static PostgresServer start(Path data, Path log, Map<String, String> settings) {
        try {
            PostgresServer server = new PostgresServer(PostgresFolder.prepare(data), log, settings);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    /**
     * Starts it again; it answers when this returns. No effect if it runs.
     *
     * @throws IllegalStateException when it does not start
     */
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(new File("/dev/null"))
                    .start();
            process = started;
            awaitAnswer(started);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started", e);
        }
    }

    /** Stops it and waits for its end. No effect if it does not run. */
    public synchronized void stop(Stop how) {
        Process running = process;
        if (running != null && running.isAlive()) {
            how.signal.send(running.pid());
            if (!ended(running)) {
                kill();
            }
        }
    }

    /** Kills all its processes (SIGKILL); it can be started again. */
    public synchronized void kill() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        // a stopped process cannot start further children
        Signal.STOP.send(running.pid());
        List<ProcessHandle> children = running.descendants().toList();
        running.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        await(() -> !running.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
        try {
            folder.removeLock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether its process runs. */
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /**
     * The id of its process; it changes with each start.
     *
     * @throws IllegalStateException when it was never started
     */
    public synchronized long pid() {
        if (process == null) {
            throw new IllegalStateException("PostgreSQL was not started");
        }
        return process.pid();
    }

    /** Its port on 127.0.0.1, also while it is down. */
    public int port() {
        return port;
    }

    /** The JDBC address of a database. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The superuser, without a password. */
    public String user() {
        return "postgres";
    }

    /** Connections of the superuser to a database, each a new one. */
    public DataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(user());
        return source;
    }

    /**
     * A new connection of the superuser.
     *
     * @throws SQLException when the server does not answer
     */
    public Connection connect(String database) throws SQLException {
        return dataSource(database).getConnection();
    }

    /**
     * Creates an empty database.
     *
     * @throws SQLException when the server does not answer, or has a database of that name
     */
    public void createDatabase(String name) throws SQLException {
        try (Connection connection = connect(user());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
    }

    /** Stops it and waits for its end. */
    @Override
    public void close() {
        stop(Stop.FAST);
    }

    /**
     * Requires a password from a user from now on; other users need none.
     *
     * @throws SQLException when the server does not answer
     */
    public void requirePassword(String of) throws SQLException {
        try (Connection connection = connect(user());
                Statement statement = connection.createStatement()) {
            folder.requirePassword(of);
            statement.execute("SELECT pg_reload_conf()");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(Process started) {
        try {
            await(() -> !started.isAlive() || answers());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("PostgreSQL does not answer. See " + log, e);
        }
        if (!started.isAlive()) {
            throw new IllegalStateException("PostgreSQL ended at once. See " + log);
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private boolean answers() {
        try (Connection connection = connect(user())) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean ended(Process running) {
        try {
            return running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
