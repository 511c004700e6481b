package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.node.NodeRegistry;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.ScheduleRuns;
import dev.bes.orchestrator.run.query.UnfinishedScorings;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.arrival.ledger.FileRecords;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.request.SqlRequests;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses;
import dev.bes.orchestrator.trigger.schedule.fire.DatabaseClock;
import dev.bes.orchestrator.trigger.schedule.fire.FireLedger;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFires;
import dev.bes.orchestrator.trigger.schedule.fire.ScheduleFires;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.quartz.Scheduler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What explains, over a real database, with a clock to set and endpoints to fill. */
public final class ExplainFixture {
    private final DatabaseFixture database;
    private final RunParts rows;
    private final ScheduleFires fires;
    private Definitions definitions;

    /** What time it is. */
    public Instant now = Instant.now();

    /** Whether as many scorings are unfinished as may be. */
    public boolean full;

    /** The most jobs that each endpoint works on. */
    public int maxJobs = Integer.MAX_VALUE;

    /** The names of the endpoints that there are. */
    public Set<String> endpoints = Set.of("hashing");

    /** The health of each of them. */
    public ObservedHealth health = ObservedHealth.healthy("");

    /** Over the database that tests share. */
    public ExplainFixture(Definitions definitions) {
        this(DatabaseFixture.shared(), definitions);
    }

    public ExplainFixture(DatabaseFixture database, Definitions definitions) {
        this.database = database;
        this.definitions = definitions;
        this.rows = database.node("explained");
        this.fires = new ScheduleFires(
                new FireLedger(jdbc(), new Clock()),
                new RecordedFires(jdbc()),
                new ScheduleRuns(jdbc()),
                new InputFiles(definitions),
                rows.runs(),
                rows.cancellation(),
                new Transactions(database.transactions()));
    }

    private final class Clock extends DatabaseClock {
        Clock() {
            super(database.jdbc());
        }

        @Override
        public Instant now() {
            return now;
        }
    }

    private final class SetEndpoints implements Endpoints {
        @Override
        public Set<String> names() {
            return endpoints;
        }

        @Override
        public RemoteJobs jobs(String endpoint) {
            throw new UnsupportedOperationException(endpoint);
        }

        @Override
        public int maxConcurrentJobs(String endpoint) {
            return maxJobs;
        }

        @Override
        public ObservedHealth observedHealth(String endpoint) {
            return health;
        }
    }

    /** One node over the database. */
    public RunParts rows() {
        return rows;
    }

    public JdbcClient jdbc() {
        return database.jdbc();
    }

    /** What decides about fire times, by the clock of this fixture. */
    public ScheduleFires fires() {
        return fires;
    }

    /** What explains now. */
    public Explainer explainer() {
        RunReader runs = rows.reader();
        NodeCauses nodes = new NodeCauses(new NodeRegistry(jdbc()));
        UnfinishedScorings scorings = new UnfinishedScorings(jdbc());
        RunExplainer runExplainer =
                new RunExplainer(runs, scorings, new ScoringCauses(new SetEndpoints(), scorings, nodes));
        AdmissionControl admission = new AdmissionControl(most -> full ? most : 0, 1, System::nanoTime);
        FileExplainer files = new FileExplainer(
                new FileRecords(jdbc()),
                new LyingFiles(jdbc(), new Transactions(database.transactions())),
                definitions,
                runs,
                runExplainer,
                nodes,
                () -> now);
        FireReader fireReader = new FireReader(jdbc());
        return new Explainer(
                new ScheduleExplainer(new RecordedFires(jdbc()), pauses(), runs, runExplainer, nodes, () -> now),
                new DefinitionExplainer(
                        definitions,
                        runs,
                        runExplainer,
                        new FireCauses(fireReader, () -> now),
                        pauses(),
                        new FileRecords(jdbc()),
                        files,
                        admission,
                        settings(),
                        nodes),
                files,
                runExplainer,
                new RequestExplainer(new SqlRequests(jdbc()), runs, runExplainer, admission, nodes),
                fireReader,
                nodes,
                () -> now);
    }

    /** Its drop root is the folder {@code inbox} beside the definitions. */
    private TriggerSettings settings() {
        Path inbox = definitions.folder().resolveSibling("inbox");
        return new TriggerSettings(
                inbox, inbox.resolveSibling("upload-temp"), Duration.ofSeconds(1), Duration.ofSeconds(10), 1);
    }

    private SchedulePauses pauses() {
        Scheduler none = (Scheduler) Proxy.newProxyInstance(
                ExplainFixture.class.getClassLoader(), new Class<?>[] {Scheduler.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        AuditLog audit = new AuditLog(jdbc(), new Node("explained"), () -> now);
        return new SchedulePauses(none, jdbc(), () -> now, audit, fires, new ScheduleRuns(jdbc()));
    }

    /** Explains from now on with other definitions. */
    public void use(Definitions others) {
        definitions = others;
    }

    /** The codes and sentences of an explanation, one for each cause. */
    public static List<String> lines(Explanation explanation) {
        return explanation.causes().stream()
                .map(cause -> cause.code().word() + " " + cause.text())
                .toList();
    }

    /** Somebody who may see everything. */
    public static DefinitionScope all() {
        return DefinitionScope.ALL;
    }
}
