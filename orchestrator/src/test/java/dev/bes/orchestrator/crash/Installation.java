package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.callback.CallbackReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the nodes of one installation share: a database, folders, definitions, a container, and the failpoints. */
final class Installation implements AutoCloseable {
    /** Who is told of the ends of runs. */
    static final CallbackReceiver RECEIVER = new CallbackReceiver();

    private static final String ENDED = "ended";
    private static final int ENOUGH_LOOKS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    final Path folder;
    final String container;
    final JdbcClient jdbc;

    private final TransactionTemplate database;
    private final NodeProgram program;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final List<NodeProcess> nodes = new CopyOnWriteArrayList<>();

    Installation(NodeProgram program, Path folder, String container) {
        this(program, folder, container, TestEnvironment.newDatabase());
    }

    Installation(NodeProgram program, Path folder, String container, String database) {
        this.program = program;
        this.folder = folder;
        this.container = container;
        DriverManagerDataSource source = new DriverManagerDataSource(database);
        this.jdbc = JdbcClient.create(source);
        this.database = new TransactionTemplate(new JdbcTransactionManager(source));
        for (String part : List.of("armed", "passed", "harmed", "nodes", "inbox/drop")) {
            make(folder.resolve(part));
        }
        settings.putAll(OrchestratorNode.defaults(folder, database));
        settings.putAll(FastSettings.SETTINGS);
        settings.put("orchestrator.blobs.container", container);
    }

    /** A site with a definition for each kind of work. */
    static Installation usual(NodeProgram program, Path folder, String name) {
        return new Installation(program, folder, name).usual();
    }

    /** Adds a definition for each kind of work. */
    Installation usual() {
        azureml("named", "named");
        azureml("unnamed", "invoke");
        inference("rows");
        keepPaused("scheduled", "tick");
        String lake = "orchestrator.blobs.stores.lake.";
        with(lake + "connection-string", TestEnvironment.sandbox().blobConnectionString());
        with(lake + "container", container + "-lake");
        lake().createIfNotExists();
        String receiver = RECEIVER.url();
        with("orchestrator.callbacks.allow", receiver);
        with("orchestrator.callbacks.secret", "whsec_" + Base64.getEncoder().encodeToString(new byte[32]));
        definition("blobs", "feature-hashing", "triggers: { files: [{ container: lake/in, after: archive }] }\n");
        definition("daily", "feature-hashing", "triggers: { schedules: [{ name: daily, cron: \"0 3 * * *\" }] }\n");
        file("definitions/data/daily/day.csv", WorkKind.DAY);
        definition("calls", "feature-hashing", "callbacks: [" + receiver + "/ended]\n");
        return definition("hash", "feature-hashing", "")
                .definition("hang", "hangs", "")
                .definition("drop", "feature-hashing", "triggers:\n  files:\n    - folder: drop\n      settle: 0s\n")
                .definition(
                        "scheduled",
                        "feature-hashing",
                        "triggers:\n  schedules:\n    - name: tick\n      cron: \"* * * * * ?\"\n      zone: UTC\n      overlap: skip\n")
                .file("definitions/data/scheduled/day.csv", WorkKind.DAY);
    }

    /** The container whose blobs become runs. */
    BlobContainerClient lake() {
        return new BlobServiceClientBuilder()
                .connectionString(TestEnvironment.sandbox().blobConnectionString())
                .buildClient()
                .getBlobContainerClient(container + "-lake");
    }

    /** Has a schedule paused before its first node starts: only the work that needs it resumes it. */
    private void keepPaused(String definition, String schedule) {
        Flyway.configure()
                .dataSource(String.valueOf(settings.get("spring.datasource.url")), null, null)
                .load()
                .migrate();
        jdbc.sql(
                        "INSERT INTO schedule_pause (definition, schedule, reason, actor) VALUES (?, ?, 'not yet', 'user:test')"
                                + " ON CONFLICT DO NOTHING")
                .params(definition, schedule)
                .update();
    }

    /** Adds an endpoint of Azure Machine Learning, and a definition whose output comes without a header. */
    private void azureml(String name, String mode) {
        settings.putAll(OrchestratorNode.azureml(name, "SimpleFeatureHashingExperiment", mode, container));
        file("definitions/" + name + ".yaml", """
                name: %1$s
                endpoint: %1$s
                inputs:
                  input1: {columns: [Col2]}
                outputs:
                  output1: {header: absent, columns: [%2$s]}
                """.formatted(name, WorkKind.HASHED_HEADER));
    }

    /** Adds a model server that gets few rows at a time, and a definition. */
    private void inference(String name) {
        String prefix = "orchestrator.endpoints." + name + ".";
        with(prefix + "kind", "inference");
        with(prefix + "url", TestEnvironment.sandbox().directUrl());
        with(prefix + "inference.model", "SimpleFeatureHashingExperiment");
        with(prefix + "inference.batch-rows", 4);
        // so that an answer is kept before another batch takes its place
        with(prefix + "inference.parallel-batches", 1);
        file("definitions/" + name + ".yaml", """
                name: %1$s
                endpoint: %1$s
                inputs:
                  input1: {columns: [Col2]}
                outputs:
                  output1: {rows: same}
                """.formatted(name));
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a property of the nodes that are started from now on. */
    Installation with(String property, Object value) {
        settings.put(property, value);
        return this;
    }

    /** Adds a definition that hashes column {@code text}. */
    Installation definition(String name, String endpoint, String more) {
        new JobFolder(folder).definition(name, endpoint, more);
        return this;
    }

    /** Puts a file into its folder. */
    Installation file(String path, String content) {
        new JobFolder(folder).write(path, content);
        return this;
    }

    /** Starts a node; it is not ready when this returns. */
    NodeProcess start(String... options) {
        return startUnder(List.of(), options);
    }

    /** Starts a node by another command. */
    NodeProcess startUnder(List<String> other, String... options) {
        int number = started.incrementAndGet();
        Path port = folder.resolve("nodes/" + number + ".port");
        List<String> command = new ArrayList<>(other);
        command.addAll(program.command(List.of(options), CrashNode.class, List.of(folder.toString(), port.toString())));
        NodeProcess node = NodeProcess.start(command, settings, port, folder.resolve("nodes/" + number + ".log"));
        nodes.add(node);
        return node;
    }

    /** The node of a name, which ends in its process id and a random tail. */
    NodeProcess node(String name) {
        return alive().stream()
                .filter(node -> name.matches(".*-" + node.pid() + "-[^-]+"))
                .findFirst()
                .orElseThrow();
    }

    /** The nodes that are ready to be asked. */
    List<NodeProcess> ready() {
        return nodes.stream().filter(NodeProcess::isReady).toList();
    }

    /** Makes one node come to harm at a point; the first one that passes it. */
    void arm(String point, Failpoints.Harm harm) {
        try {
            Path draft = Files.writeString(folder.resolve("armed.draft"), harm.name());
            Files.move(draft, folder.resolve("armed").resolve(point), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a node has come to harm at a point that was armed; its process id. */
    long awaitHarm(String point) {
        Path harmed = folder.resolve("harmed").resolve(point);
        return Long.parseLong(await().atMost(PATIENCE)
                .until(() -> Files.exists(harmed) ? Files.readString(harmed) : "", pid -> !pid.isEmpty()));
    }

    /** Takes back what nobody came to. */
    void disarm(String point) {
        try {
            Files.deleteIfExists(folder.resolve("armed").resolve(point));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does it in one transaction. */
    void inTransaction(Runnable statements) {
        database.executeWithoutResult(status -> statements.run());
    }

    /** The points that nodes have passed so far. */
    Set<String> passed() {
        return names(folder.resolve("passed"));
    }

    /** Starts nodes until so many are up, and waits until all are ready. */
    void keepUp(int count) {
        nodes.removeIf(node -> !node.isAlive());
        for (long up = alive().size(); up < count; up++) {
            start();
        }
        alive().forEach(NodeProcess::awaitReady);
    }

    /** Waits until a node has died by itself, or the run has been over for a while without that. */
    Optional<NodeProcess> awaitDeath(Future<Long> run) {
        AtomicInteger looksAfterTheEnd = new AtomicInteger();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> dead().isPresent() || (isOver(run) && looksAfterTheEnd.incrementAndGet() > ENOUGH_LOOKS));
        Optional<NodeProcess> dead = dead();
        dead.ifPresent(nodes::remove);
        return dead;
    }

    private Optional<NodeProcess> dead() {
        return nodes.stream().filter(node -> !node.isAlive()).findFirst();
    }

    private boolean isOver(Future<Long> run) {
        if (run.state() == Future.State.FAILED) {
            throw new IllegalStateException("The run could not be begun", run.exceptionNow());
        }
        return run.isDone() && standing(run.resultNow()).stream().allMatch(ENDED::equals);
    }

    /** Lets what a dead node left behind look as old as it would be half a minute later. */
    void letTimePass() {
        jdbc.sql("UPDATE qrtz_scheduler_state SET last_checkin_time = 0").update();
        jdbc.sql("UPDATE dropped_file SET taken_at = taken_at - interval '1 minute' WHERE location = 'taking'")
                .update();
        jdbc.sql("UPDATE schedule_fire SET decided_at = decided_at - interval '1 minute' WHERE outcome = 'starting'")
                .update();
        jdbc.sql("UPDATE run_request SET due_at = due_at - interval '1 minute' WHERE state = 'waiting'")
                .update();
        jdbc.sql("UPDATE backfill_item SET decided_at = decided_at - interval '1 minute' WHERE outcome = 'starting'")
                .update();
        jdbc.sql("UPDATE callback SET due_at = due_at - interval '5 minutes' WHERE state = 'waiting'")
                .update();
        Path taken = folder.resolve("inbox/.processing");
        FileTime before = FileTime.from(Instant.now().minus(Duration.ofMinutes(1)));
        for (String name : Files.exists(taken) ? names(taken) : Set.<String>of()) {
            try {
                Files.setLastModifiedTime(taken.resolve(name), before);
            } catch (NoSuchFileException e) {
                // put away meanwhile
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Waits for the end of a run. */
    void awaitEnd(long run) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(standing(run)).as(() -> said()).containsOnly(ENDED));
    }

    /** How each scoring of a run stands: the word for ended ones, else all that is known. */
    private List<String> standing(long run) {
        return jdbc.sql(
                        "SELECT CASE WHEN r.ended_at IS NULL THEN s::text ELSE ? END FROM run r JOIN scoring s ON s.run_id = r.id WHERE r.id = ?")
                .param(ENDED)
                .param(run)
                .query(String.class)
                .list();
    }

    private String said() {
        return nodes.stream().map(NodeProcess::said).collect(Collectors.joining("\n"));
    }

    private List<NodeProcess> alive() {
        return nodes.stream().filter(NodeProcess::isAlive).toList();
    }

    private static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(NodeProcess::close);
    }
}
