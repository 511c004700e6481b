package dev.bes.orchestrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationContext;

/** The whole package against the sandbox, wired as in production. */
@Tag("slow")
class SandboxTests {

    private static final String HASHING = SandboxContext.HASHING;
    private static final String CSV = "Col1,Col2\n4,This is a good day\n";

    private static SandboxContext sandbox;

    @TempDir
    private Path folder;

    private final String run = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        sandbox = new SandboxContext();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static TwoStepJobs jobs(ApplicationContext context) {
        return (TwoStepJobs) context.getBean(Endpoints.class).jobs("toxic");
    }

    private JobRequest request(Map<String, String> parameters) {
        return new JobRequest(
                Map.of("input1", "in/" + run + "/a.csv"),
                Map.of("output1", "out/" + run + "/a.csv"),
                parameters,
                Duration.ofHours(1));
    }

    private String submitted(ApplicationContext context) {
        try (Blobs.Upload upload = context.getBean(Blobs.class).upload("in/" + run + "/a.csv")) {
            upload.add(CSV.getBytes(StandardCharsets.UTF_8));
            upload.commit(sha256(CSV));
        }
        return jobs(context).submit(request(Map.of()));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static JobStatus ended(TwoStepJobs jobs, String id) {
        return await().until(
                        () -> jobs.status(id),
                        status -> status.state() != State.NOT_STARTED && status.state() != State.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"managed, sas", "managed, connection-string", "direct, sas", "direct, connection-string"})
    void scoresAFile(String port, String reference) {
        String base = port.equals("managed") ? sandbox.managed(HASHING) : sandbox.direct(HASHING);
        sandbox.with(
                base,
                context -> {
                    TwoStepJobs jobs = jobs(context);
                    String id = submitted(context);
                    assertThat(jobs.status(id).state()).isEqualTo(State.NOT_STARTED);

                    jobs.start(id);

                    assertThat(ended(jobs, id)).isEqualTo(new JobStatus(State.FINISHED, "Finished", null));
                    Path scored = folder.resolve("scored.csv");
                    long fetched = context.getBean(Blobs.class)
                            .fetch("out/" + run + "/a.csv", () -> Files.newOutputStream(scored));
                    assertThat(scored)
                            .hasSize(fetched)
                            .content()
                            .contains("Col2_HashingFeature.7", "This is a good day,1,1,2,2,0,2,0,1");
                },
                "orchestrator.endpoints.toxic.blob-reference=" + reference);
    }

    @Test
    void rejectsTheSecondStartAndLetsAnEndedJobBeCancelled() {
        sandbox.with(sandbox.managed(HASHING), context -> {
            TwoStepJobs jobs = jobs(context);
            String id = submitted(context);
            jobs.start(id);
            ended(jobs, id);

            Rejected rejected = catchThrowableOfType(Rejected.class, () -> jobs.start(id));
            jobs.cancel(id);

            assertThat(rejected.code()).isEqualTo("CannotStartJob");
            assertThat(rejected.reason()).isEqualTo(Reason.NOT_STARTABLE);
            assertThat(jobs.status(id).state()).isEqualTo(State.FINISHED);
        });
    }

    @Test
    void tellsWhyAJobHasFailed() {
        sandbox.with(
                sandbox.managed("AlwaysFails"),
                context -> {
                    String id = submitted(context);
                    jobs(context).start(id);

                    JobStatus status = ended(jobs(context), id);

                    assertThat(status.state()).isEqualTo(State.FAILED);
                    assertThat(status.details()).isNotBlank();
                },
                sandbox.serviceKey("AlwaysFails"));
    }

    @Test
    void cancelsAJobThatHangs() {
        sandbox.with(
                sandbox.managed("HangsForever"),
                context -> {
                    String id = submitted(context);
                    jobs(context).start(id);
                    await().until(() -> jobs(context).status(id).state() == State.RUNNING);

                    jobs(context).cancel(id);

                    assertThat(ended(jobs(context), id).state()).isEqualTo(State.CANCELLED);
                },
                sandbox.serviceKey("HangsForever"));
    }

    @Test
    void passesOnWhatTheServiceRejects() {
        sandbox.with(sandbox.managed(HASHING), context -> {
            Rejected rejected = catchThrowableOfType(
                    Rejected.class, () -> jobs(context).submit(request(Map.of("No such parameter", "1"))));

            assertThat(rejected.code()).isEqualTo("UnexpectedParameter");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "subscription-key=, set, subscription-key",
        "subscription-key=0123456789abcdef, check, subscription-key",
        "service-key=0123456789abcdef, check, service-key"
    })
    void namesTheKeyThatIsWrong(String property, String advice, String named) {
        sandbox.with(
                sandbox.managed(HASHING),
                context -> assertThatThrownBy(() -> jobs(context).submit(request(Map.of())))
                        .isInstanceOf(Refused.class)
                        .hasMessageContaining(advice + " orchestrator.endpoints.toxic." + named)
                        .hasMessageNotContaining("0123456789abcdef"),
                "orchestrator.endpoints.toxic." + property);
    }

    @Test
    void tellsAWrongAddressFromAnUnknownJob() {
        sandbox.with(
                sandbox.nowhere(),
                context -> assertThatThrownBy(() -> jobs(context).status("a1"))
                        .isInstanceOf(NotFound.class)
                        .hasMessageContaining("check orchestrator.endpoints.toxic.url"));
        sandbox.with(
                sandbox.managed(HASHING),
                context -> assertThatThrownBy(() -> jobs(context).status("a1"))
                        .isInstanceOf(NotFound.class)
                        .hasMessageNotContaining("orchestrator.endpoints"));
    }

    @Test
    void holdsCallsBackOnceTheStarterProductIsUsedUp() {
        sandbox.with(
                sandbox.managed(HASHING),
                context -> {
                    TwoStepJobs jobs = jobs(context);
                    for (int call = 0; call < 5; call++) {
                        jobs.submit(request(Map.of()));
                    }
                    Throttled told = catchThrowableOfType(Throttled.class, () -> jobs.submit(request(Map.of())));
                    Throttled held = catchThrowableOfType(Throttled.class, () -> jobs.status("a1"));

                    assertThat(told).hasMessageContaining("429: Rate limit is exceeded.");
                    assertThat(told.retryAfter()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
                    assertThat(held).hasMessageContaining("not sent");
                },
                sandbox.subscriptionKey("starter"));
    }

    @Test
    void scoresASmallTableAtOnce() {
        sandbox.with(sandbox.managed(HASHING), context -> {
            Table table = new Table(List.of("Col1", "Col2"), List.of(List.of("4", "This is a good day")));

            Map<String, Table> outputs = Objects.requireNonNull(
                            context.getBean(Endpoints.class).oneCall("toxic"))
                    .score(Map.of("input1", table), Map.of());

            assertThat(outputs).containsOnlyKeys("output1");
            assertThat(outputs.values()).singleElement().satisfies(output -> {
                assertThat(output.columns()).contains("Col2_HashingFeature.7");
                assertThat(output.rows())
                        .containsExactly(List.of("4", "This is a good day", "1", "1", "2", "2", "0", "2", "0", "1"));
            });
        });
    }
}
