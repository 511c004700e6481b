package dev.bes.orchestrator.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.DatabaseState;
import dev.bes.orchestrator.database.PlannerSwitches;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.run.acceptance.ShadowAcceptance;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.claim.DueWork;
import dev.bes.orchestrator.run.claim.FrozenDefinitions;
import dev.bes.orchestrator.run.claim.InputContents;
import dev.bes.orchestrator.run.claim.WakeUps;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.command.Resumption;
import dev.bes.orchestrator.run.fold.FoldMembers;
import dev.bes.orchestrator.run.fold.Folds;
import dev.bes.orchestrator.run.journal.RunJournal;
import dev.bes.orchestrator.run.meter.RunMeters;
import dev.bes.orchestrator.run.move.Moves;
import dev.bes.orchestrator.run.move.RunStateRollup;
import dev.bes.orchestrator.run.move.SubmitIntents;
import dev.bes.orchestrator.run.pool.Pools;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.shadow.ShadowSettings;
import dev.bes.orchestrator.run.shadow.Shadows;
import dev.bes.orchestrator.run.trace.RunTraces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** A migrated database, and nodes over it that are made of nothing but this package. */
public final class DatabaseFixture {
    /** What decides how statements are planned, as the service is shipped. */
    private static final Map<String, Object> SHIPPED = shipped("prepareThreshold");

    /** How many shadows of a definition may wait. */
    public static final int MOST_SHADOWS = 3;

    private static @Nullable DatabaseFixture shared;

    private final HikariDataSource dataSource;
    private final JdbcClient jdbc;
    private final PlannerSwitches switches;
    private final PlatformTransactionManager transactions;

    private DatabaseFixture(String url, int connections) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(connections);
        pool.setMinimumIdle(1);
        // no test here pulls the plug on PostgreSQL itself
        pool.setConnectionInitSql("SET synchronous_commit = off");
        SHIPPED.forEach((name, value) -> pool.addDataSourceProperty(name, value));
        this(new HikariDataSource(pool), UnaryOperator.identity());
        Flyway.configure().dataSource(url, null, null).load().migrate();
    }

    private DatabaseFixture(HikariDataSource dataSource, UnaryOperator<DataSource> way) {
        DataSource used = way.apply(dataSource);
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(used);
        this.switches = new PlannerSwitches(used);
        this.transactions = new JdbcTransactionManager(used);
    }

    private static Map<String, Object> shipped(String... names) {
        YamlPropertiesFactoryBean file = new YamlPropertiesFactoryBean();
        file.setResources(new ClassPathResource("application.yml"));
        Properties all = Objects.requireNonNull(file.getObject());
        return Arrays.stream(names)
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> all.get("spring.datasource.hikari.data-source-properties." + name)));
    }

    /** The one that tests share: each of their runs has an endpoint of its own, so that they do not meet. */
    public static synchronized DatabaseFixture shared() {
        if (shared == null) {
            shared = new DatabaseFixture(TestEnvironment.newDatabase(), 24);
        }
        return shared;
    }

    /** One that nobody shares, with so many connections to it. */
    public static DatabaseFixture withConnections(int connections) {
        return new DatabaseFixture(TestEnvironment.newDatabase(), connections);
    }

    /** The same one, with something on the way to it. */
    public DatabaseFixture through(UnaryOperator<DataSource> way) {
        return new DatabaseFixture(dataSource, way);
    }

    /** A node of that name. */
    public RunParts node(String name) {
        return node(name, transactions);
    }

    /** A node of that name over transactions that may go wrong. */
    public RunParts node(String name, PlatformTransactionManager manager) {
        Node node = new Node(name);
        Transactions retried = new Transactions(manager);
        FrozenDefinitions frozen = new FrozenDefinitions(jdbc);
        WakeUps wakeUps = new WakeUps(jdbc, dataSource, new DatabaseState(System::nanoTime));
        Claims claims = new Claims(switches, retried, frozen, node);
        RunJournal journal = new RunJournal(switches, node);
        AuditLog audit = new AuditLog(jdbc, node, InstantSource.system());
        RunMeters meters = new RunMeters(new SimpleMeterRegistry());
        Shadows shadows = new Shadows(
                switches, retried, new ShadowAcceptance(switches, frozen, journal), new ShadowSettings(MOST_SHADOWS));
        Moves moves = new Moves(switches, retried, new RunStateRollup(jdbc, journal), journal, meters, shadows, node);
        return new RunParts(
                name,
                jdbc,
                new RunAcceptance(
                        switches,
                        retried,
                        frozen,
                        (definition, scorings) -> null,
                        journal,
                        meters,
                        RunTraces.OFF,
                        new InputContents(jdbc)),
                claims,
                moves,
                new SubmitIntents(switches, node),
                new Cancellation(jdbc, retried, claims, moves, new FoldMembers(jdbc), wakeUps, audit),
                new Resumption(retried, claims, moves, wakeUps, audit),
                new RunReader(jdbc),
                new DueWork(switches),
                wakeUps,
                new FoldMembers(jdbc),
                new Folds(switches, retried, frozen, journal));
    }

    /** The pools. */
    public Pools pools() {
        return new Pools(
                switches,
                new Transactions(transactions),
                new AuditLog(jdbc, new Node("pools"), InstantSource.system()));
    }

    /** The heart of a node of that name, by the clocks of this machine. */
    public Heartbeat heartbeat(String name) {
        return heartbeat(name, InstantSource.system());
    }

    /** The heart of a node of that name, with that clock. */
    public Heartbeat heartbeat(String name, InstantSource clock) {
        return new Heartbeat(
                jdbc,
                new Node(name),
                clock,
                System::nanoTime,
                Duration.ofSeconds(1),
                new DatabaseState(System::nanoTime));
    }

    /** Plain SQL over it. */
    public JdbcClient jdbc() {
        return jdbc;
    }

    /** Its transactions. */
    public PlatformTransactionManager transactions() {
        return transactions;
    }

    /** Its connections. */
    public HikariDataSource dataSource() {
        return dataSource;
    }
}
