package dev.bes.orchestrator.trigger.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.callback.CallbackReceiver;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.load.DefinitionLoader;
import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.remote.blob.BlobVersions;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RequestSettings;
import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

class SqlRequestsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.withConnections(4);

    private static final BlobVersions NO_STORE = new BlobVersions() {
        @Override
        public Set<String> stores() {
            return Set.of();
        }

        @Override
        public String etag(String store, String path) {
            throw new IllegalStateException(path);
        }
    };

    private final RunParts rows = DATABASE.node("sql");
    private final SqlRequests requests = new SqlRequests(rows.jdbc());
    private final AtomicLong unfinished = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final SqlRequestPoller node;

    SqlRequestsTests(@TempDir Path folder) {
        new JobFolder(folder)
                .definition("asked", "hashing", "  bits: ${request.bits:-3}\ntriggers: {}")
                .write("definitions/data/asked/a.csv", "text\ngood\n");
        Definitions definitions =
                DefinitionLoader.load(folder.resolve("definitions"), Set.of("hashing"), new QuartzCronValidator());
        HealthyFolders disk = new HealthyFolders();
        this.node = new SqlRequestPoller(
                requests,
                new RequestTrigger(
                        definitions,
                        new InputFiles(definitions),
                        new RequestFiles(
                                new InMemoryBlobs(),
                                NO_STORE,
                                new RequestBlobs(rows.jdbc()),
                                new RootFiles(new RequestSettings(Map.of())),
                                disk.work),
                        rows.runs(),
                        rows.reader(),
                        new AdmissionControl(most -> unfinished.get(), 1, nanos::get),
                        disk.threads,
                        CallbackReceiver.nothingAllowed()));
    }

    @BeforeEach
    void forgetOthers() {
        rows.jdbc().sql("DELETE FROM run_request").update();
        rows.jdbc().sql("DELETE FROM run").update();
    }

    private UUID ask(String definition, String parameters, @Nullable String key) {
        return rows.jdbc()
                .sql("SELECT bes_request_run(:definition, :parameters::jsonb, :key, 'billing')")
                .param("definition", definition)
                .param("parameters", parameters)
                .param("key", key)
                .query(UUID.class)
                .single();
    }

    private record Answer(
            String state,
            @Nullable Long runId,
            @Nullable String runState,
            @Nullable String reason) {}

    private Answer state(UUID request) {
        return rows.jdbc()
                .sql("SELECT * FROM bes_request_state(?)")
                .param(request)
                .query(Answer.class)
                .single();
    }

    private long runs() {
        return rows.jdbc().sql("SELECT count(*) FROM run").query(Long.class).single();
    }

    @Test
    void startsARunThatItsCallerRequestedInATransaction() {
        UUID request = ask("asked", "{\"bits\": \"4\"}", null);
        assertThat(state(request)).isEqualTo(new Answer("waiting", null, null, null));

        node.poll();

        Answer answer = state(request);
        assertThat(answer).returns("accepted", Answer::state).returns("NotStarted", Answer::runState);
        assertThat(rows.jdbc()
                        .sql("SELECT parameters ->> 'bits' FROM run WHERE id = ?")
                        .param(answer.runId())
                        .query(String.class)
                        .single())
                .isEqualTo("4");
        assertThat(rows.reader()
                        .history(Objects.requireNonNull(answer.runId()), 1)
                        .getFirst()
                        .toString())
                .contains("request:billing by SQL as ");
    }

    @Test
    void knowsNothingOfATransactionThatWasRolledBack() {
        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(transaction -> {
            ask("asked", "{}", "rolled-back");
            transaction.setRollbackOnly();
        });
        node.poll();

        assertThat(runs()).isZero();
        UUID again = ask("asked", "{}", "rolled-back");
        node.poll();
        assertThat(state(again).state()).isEqualTo("accepted");
    }

    @Test
    void isOneRunForOneKeyAlsoAfterANodeDiedBetweenTheRunAndItsRecord() {
        UUID request = ask("asked", "{}", "once");
        assertThat(ask("asked", "{}", "once")).isEqualTo(request);
        node.poll();
        Long run = state(request).runId();

        rows.jdbc()
                .sql("UPDATE run_request SET state = 'waiting', run_id = NULL, due_at = now()")
                .update();
        node.poll();

        assertThat(state(request).runId()).isEqualTo(run);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void leavesARequestToTheNodeThatTookItAndTakesItOverLater() {
        UUID request = ask("asked", "{}", null);
        assertThat(requests.take(10)).hasSize(1);
        node.poll();
        assertThat(state(request).state()).isEqualTo("waiting");

        rows.jdbc()
                .sql("UPDATE run_request SET due_at = due_at - interval '31 s'")
                .update();
        node.poll();
        assertThat(state(request).state()).isEqualTo("accepted");
    }

    @Test
    void saysWhyARequestIsRefused() {
        UUID unknown = ask("no-such", "{}", null);
        UUID parameter = ask("asked", "{\"bitz\": \"4\"}", null);
        node.poll();

        assertThat(state(unknown))
                .isEqualTo(new Answer(
                        "refused", null, null, "Definition 'no-such' does not exist; the definitions are: asked"));
        assertThat(state(parameter).reason()).contains("'bitz'", "did you mean 'bits'?");
    }

    @Test
    void refusesAtOnceWhatCanNotBeARequest() {
        assertThatThrownBy(() -> ask("", "{}", null)).hasMessageContaining("the name of the definition is missing");
        assertThatThrownBy(() -> ask("asked", "[]", null)).hasMessageContaining("parameters must be an object");
        assertThatThrownBy(() -> ask("asked", "{\"bits\": 3}", null)).hasMessageContaining("whose values are text");
        assertThatThrownBy(() -> ask("asked", "{}", "a,b")).hasMessageContaining("an idempotency key has");
        ask("asked", "{}", "used");
        assertThatThrownBy(() -> ask("asked", "{\"bits\": \"4\"}", "used"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("the idempotency key was used for another request");
    }

    @Test
    void waitsWhileTooMuchIsUnfinished() {
        unfinished.set(2);
        UUID request = ask("asked", "{}", null);
        node.poll();
        assertThat(state(request).state()).isEqualTo("waiting");

        unfinished.set(0);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        rows.jdbc().sql("UPDATE run_request SET due_at = now()").update();
        node.poll();
        assertThat(state(request).state()).isEqualTo("accepted");
    }

    @Test
    void isAllThatARoleNeedsThatMayDoNothingElse() {
        String role = "only_requests_" + UUID.randomUUID().toString().substring(0, 8);
        rows.jdbc().sql("CREATE ROLE " + role).update();
        rows.jdbc()
                .sql("GRANT EXECUTE ON FUNCTION bes_request_run, bes_request_state TO " + role)
                .update();
        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(transaction -> {
            rows.jdbc().sql("SET LOCAL ROLE " + role).update();
            assertThat(state(ask("asked", "{}", null)).state()).isEqualTo("waiting");
        });
        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(transaction -> {
            rows.jdbc().sql("SET LOCAL ROLE " + role).update();
            assertThatThrownBy(this::runs).hasStackTraceContaining("permission denied for table run");
            transaction.setRollbackOnly();
        });
    }

    @Test
    void isPurgedWhenItWasDecidedLongAgo() {
        ask("asked", "{}", null);
        node.poll();
        ask("asked", "{}", null);
        rows.jdbc()
                .sql("UPDATE run_request SET decided_at = decided_at - interval '91 d'")
                .update();

        assertThat(requests.purge(Duration.ofDays(90), 500)).isEqualTo(1);
        assertThat(rows.jdbc()
                        .sql("SELECT state FROM run_request")
                        .query(String.class)
                        .list())
                .containsExactly("waiting");
    }
}
