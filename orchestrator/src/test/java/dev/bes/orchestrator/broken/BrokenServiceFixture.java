package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.pipeline.PipelineNode;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.JobAnswer.DoubleStart;
import dev.bes.testbench.checker.evidence.BlobListing;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.SnapshotReader;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** The real parts, of which a service with a defect is made, and the driver's journal of what happens to it. */
final class BrokenServiceFixture implements AutoCloseable {
    private static final AtomicInteger SCENES = new AtomicInteger();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String SERVICE = "SimpleFeatureHashingExperiment";

    private final Path folder;
    private final Defect defect;
    private final RewrittenStatements rewrittenStatements;
    private final String container = "scene-" + SCENES.incrementAndGet();
    private final Sandbox sandbox;
    private final DatabaseFixture databaseFixture = DatabaseFixture.withConnections(8);
    private final DatabaseFixture broken;
    private final AnnotationConfigApplicationContext remote = new AnnotationConfigApplicationContext();
    private final List<DriverEntry> driver = new ArrayList<>();
    private final Map<String, ServiceClass> classes = new HashMap<>();

    BrokenServiceFixture(Path folder, Defect defect, UnaryOperator<SandboxOptions> options) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.defect = defect;
        this.sandbox = Sandbox.start(options.apply(SandboxOptions.defaults()
                .withBlobConnectionString(TestEnvironment.sandbox().blobConnectionString())));
        defect.spoil(databaseFixture.jdbc());
        this.rewrittenStatements = new RewrittenStatements(defect.statements());
        this.broken = databaseFixture.through(rewrittenStatements::over);
        remote.getEnvironment().getPropertySources().addFirst(new MapPropertySource("scene", properties()));
        remote.registerBean(InstantSource.class, defect::clock);
        remote.registerBean(JdbcClient.class, databaseFixture::jdbc);
        remote.registerBean(PlatformTransactionManager.class, databaseFixture::transactions);
        remote.scan("dev.bes.orchestrator.remote");
        remote.refresh();
    }

    private Map<String, Object> properties() {
        Map<String, Object> all = new HashMap<>();
        all.put("orchestrator.blobs.connection-string", sandbox.blobConnectionString());
        all.put("orchestrator.blobs.container", container);
        for (String subscription : List.of("unlimited", "starter")) {
            String prefix = "orchestrator.endpoints." + subscription + ".";
            all.put(
                    prefix + "url",
                    sandbox.managedUrl() + sandbox.service(SERVICE).path());
            all.put(prefix + "service-key", sandbox.service(SERVICE).apiKey());
            all.put(
                    prefix + "subscription-key",
                    sandbox.subscription(subscription).primaryKey());
        }
        all.putAll(OrchestratorNode.azureml(sandbox, "named", SERVICE, "named", container));
        all.putAll(OrchestratorNode.azureml(sandbox, "unnamed", SERVICE, "invoke", container));
        all.putAll(OrchestratorNode.azureml(sandbox, "numbered", SERVICE, "named", container));
        all.computeIfPresent(
                "orchestrator.endpoints.numbered.azureml.component",
                (key, component) -> component.toString().replace("versions/1", "versions/numbered-lines"));
        all.put("orchestrator.endpoints.rows.kind", "inference");
        all.put("orchestrator.endpoints.rows.url", sandbox.directUrl());
        all.put("orchestrator.endpoints.rows.inference.model", SERVICE);
        all.put("orchestrator.endpoints.rows.inference.batch-rows", 2);
        return all;
    }

    /** A node of the service at endpoints that are made of the real ones. */
    PipelineNode node(String name, UnaryOperator<Endpoints> endpoints) {
        return new PipelineNode(
                broken.node(name),
                endpoints.apply(remote.getBean(Endpoints.class)),
                remote.getBean(Blobs.class),
                folder.resolve("delivered"));
    }

    /** Says of which class the endpoint of a run is, if it is not two-step. */
    void isOf(NewRun run, ServiceClass its) {
        classes.put(run.definition().endpoint(), its);
    }

    /** A node of the service with its defect, on whose ways out something may happen. */
    PipelineNode node(String name, Interceptors interceptors) {
        TwoStepJobs jobs =
                interceptors.jobs((TwoStepJobs) remote.getBean(Endpoints.class).jobs(interceptors.subscription()));
        return new PipelineNode(
                broken.node(name, interceptors.transactions(broken.transactions())),
                RealService.everywhere(defect.jobs(jobs, databaseFixture.jdbc())),
                defect.blobs(interceptors.blobs(remote.getBean(Blobs.class))),
                folder.resolve("delivered"));
    }

    /** The rows, as the service with its defect sees them. */
    RunParts rows() {
        return broken.node("observer");
    }

    /** Somebody asks for a run, and it is acknowledged. */
    long accept(NewRun run) {
        String key = run.occurrence().substring("request:".length());
        driver.add(new DriverEntry.Asked(Instant.now(), run.definition().name(), key));
        long id = rows().runs().accept(run).id();
        driver.add(new DriverEntry.Acknowledged(Instant.now(), key, id));
        return id;
    }

    /** The remote side executes a job as often as it is started. */
    void executeSecondStarts() {
        sandbox.assumptions(Assumptions.SAFE.with(DoubleStart.EXECUTED_TWICE));
    }

    /** How many calls the managed API refused because they were too many. */
    long refusals() {
        return sandbox.journal().entries().stream()
                .filter(entry -> Integer.valueOf(429).equals(entry.fact("status")))
                .count();
    }

    /** A fault, as long as this takes. */
    void during(FaultKind fault, Runnable trouble) {
        String id = "fault " + driver.size();
        driver.add(new DriverEntry.FaultBegun(Instant.now(), id, fault, "a node"));
        trouble.run();
        driver.add(new DriverEntry.FaultEnded(Instant.now(), id));
    }

    NewRun newRun() throws IOException {
        Path file = Files.writeString(folder.resolve("day.csv"), "text\nThis is a good day\n");
        return RunBuilder.aRun()
                .withTemplate("Target column", "text")
                .withFiles(List.of(new InputFile(file.toString(), "day.csv")))
                .deliveredTo("${run.id}")
                .build();
    }

    /** A run with a file of four rows, which every class of remote service can score. */
    RunBuilder rows(String name) throws IOException {
        return RunBuilder.aRun()
                .withFiles(List.of(file(name, "Col2\ngood day\nbad day\ncold night\nwarm rain\n")))
                .deliveredTo("${run.id}");
    }

    InputFile file(String name, String text) throws IOException {
        return new InputFile(Files.writeString(folder.resolve(name), text).toString(), name);
    }

    /** The run that serves a run, by its definition. */
    long servingRun(NewRun run) {
        return databaseFixture
                .jdbc()
                .sql("SELECT id FROM run WHERE definition = ? AND trigger IN ('shadow', 'fold')")
                .param(run.definition().name())
                .query(Long.class)
                .single();
    }

    /** What was to be broken and was never met. */
    Set<String> unmet() {
        return rewrittenStatements.unmet();
    }

    Evidence evidence() throws SQLException {
        CheckerSettings policy = new CheckerSettings(Duration.ZERO, LONG, Duration.ofMillis(100), LONG, 1, 0, classes);
        return new Evidence(
                sandbox.journal().entries(),
                SnapshotReader.snapshot(databaseFixture.dataSource()),
                driver,
                BlobListing.of(sandbox.blobConnectionString(), container),
                StoredFile.below(folder.resolve("delivered")),
                List.of(),
                SnapshotReader.texts(databaseFixture.dataSource()),
                Map.of("key of the service", sandbox.service(SERVICE).apiKey()),
                policy);
    }

    @Override
    public void close() {
        remote.close();
        sandbox.close();
        databaseFixture.dataSource().close();
    }
}
