package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.definition.Definition.Shadow;
import dev.bes.orchestrator.definition.Output;
import dev.bes.orchestrator.definition.Output.Header;
import dev.bes.orchestrator.definition.Output.Rows;
import dev.bes.orchestrator.pipeline.PipelineNode;
import dev.bes.orchestrator.remote.Endpoints;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.NamedJobs;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.StateTimes;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.ServiceClass;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Something that happens to a run at a remote service of another class. */
enum ClassScenario implements BrokenCase.Scene {
    /** A job is created, and nobody knows it. */
    LOSES_THE_ANSWER_TO_A_PUT("the answer to a PUT is lost", ServiceClass.NAMED, FaultKind.CALLS_FAILING) {
        @Override
        Endpoints endpoints(Endpoints real, Defect defect, AtomicBoolean lost) {
            NamedJobs jobs = new RealService.Named((NamedJobs) real.jobs("named")) {
                @Override
                public void create(String name, JobRequest request) {
                    super.create(name, request);
                    lose(lost);
                }
            };
            return RealService.everywhere(defect.named(jobs));
        }
    },
    /** A job is at work, and nobody knows its id. */
    LOSES_THE_ANSWER_TO_AN_INVOCATION(
            "the answer to an invocation is lost", ServiceClass.UNNAMED, FaultKind.CALLS_FAILING) {
        @Override
        Endpoints endpoints(Endpoints real, Defect defect, AtomicBoolean lost) {
            return unnamed(real, defect, lost, 1);
        }
    },
    /** Two jobs are at work, and nobody knows their ids. */
    LOSES_AN_INVOCATION_SENT_TWICE(
            "an invocation arrives twice, and its answer is lost", ServiceClass.UNNAMED, FaultKind.CALLS_DUPLICATED) {
        @Override
        Endpoints endpoints(Endpoints real, Defect defect, AtomicBoolean lost) {
            return unnamed(real, defect, lost, 2);
        }
    },
    /** Nothing happens to rows in two batches. */
    SCORES_ROWS("rows are scored in batches", ServiceClass.ROWS, FaultKind.CALLS_FAILING) {
        @Override
        Endpoints endpoints(Endpoints real, Defect defect, AtomicBoolean lost) {
            return RealService.everywhere(defect.rows(Objects.requireNonNull(real.rows("rows"))));
        }
    },
    /** Two files share a job, which takes a second. */
    SHARES_A_JOB("two files share a job", ServiceClass.NAMED, FaultKind.CALLS_FAILING) {
        @Override
        public SandboxOptions set(SandboxOptions options) {
            Duration none = Duration.ZERO;
            return options.withBatchEndpoints(BatchEndpointSettings.DEFAULT.withStateTimes(
                    new StateTimes(none, none, Duration.ofSeconds(1), none, none)));
        }

        @Override
        Endpoints endpoints(Endpoints real, Defect defect, AtomicBoolean lost) {
            return RealService.everywhere(defect.named((NamedJobs) real.jobs("numbered")));
        }

        @Override
        RunBuilder run(RunBuilder run, BrokenServiceFixture fixture) throws IOException {
            return run.withFiles(List.of(
                            fixture.file("a.csv", "Col2\ngood day\nbad day\n"),
                            fixture.file("b.csv", "Col2\ncold night\nwarm rain\n")))
                    .withAttempts(2)
                    .folded(new Fold(2, 100, Duration.ZERO, "file", "row"))
                    .withOutput("score", predictions("file", "row"));
        }
    },
    /** Rows are scored by another endpoint, too. */
    HAS_A_SHADOW("rows are scored by a shadow, too", ServiceClass.ROWS, FaultKind.CALLS_FAILING) {
        @Override
        Endpoints endpoints(Endpoints real, Defect defect, AtomicBoolean lost) {
            return SCORES_ROWS.endpoints(real, defect, lost);
        }

        @Override
        RunBuilder run(RunBuilder run, BrokenServiceFixture fixture) {
            return run.shadowedBy(new Shadow("other", 100, 0, Map.of(), null));
        }

        @Override
        void end(BrokenServiceFixture fixture, NewRun run, PipelineNode node) {
            NewRun shadow = NewRun.scheduled(
                    run.definition().asShadow(), "none", Instant.EPOCH, ZoneOffset.UTC, Map.of(), List.of());
            fixture.isOf(shadow, ServiceClass.ROWS);
            node.finish(shadow, fixture.servingRun(run));
        }
    };

    private final String words;
    private final ServiceClass its;
    private final FaultKind fault;

    ClassScenario(String words, ServiceClass its, FaultKind fault) {
        this.words = words;
        this.its = its;
        this.fault = fault;
    }

    /**
     * The endpoints of the service with its defect.
     *
     * @param lost set when an answer has been lost: no other one will
     */
    abstract Endpoints endpoints(Endpoints real, Defect defect, AtomicBoolean lost);

    /** What is special about the run. */
    RunBuilder run(RunBuilder run, BrokenServiceFixture fixture) throws IOException {
        return its == ServiceClass.ROWS ? run : run.withOutput("score", predictions());
    }

    /** What happens after the end of the run. */
    void end(BrokenServiceFixture fixture, NewRun run, PipelineNode node) {}

    @Override
    public void play(BrokenServiceFixture fixture, Defect defect) throws IOException {
        AtomicBoolean lost = new AtomicBoolean();
        NewRun run = run(fixture.rows("rows.csv"), fixture).build();
        fixture.isOf(run, its);
        long id = fixture.accept(run);
        PipelineNode node = fixture.node("only", real -> endpoints(real, defect, lost));
        if (its != ServiceClass.ROWS) {
            fixture.during(fault, () -> node.launch(run));
        }
        node.finish(run, id);
        end(fixture, run, node);
    }

    /** A batch endpoint writes no header. */
    private static Output predictions(String... first) {
        List<String> columns = Stream.of(
                        Stream.of(first),
                        Stream.of("Col2"),
                        IntStream.range(0, 8).mapToObj(i -> "Col2_HashingFeature." + i))
                .flatMap(names -> names)
                .toList();
        return new Output(Rows.SAME, columns, Header.ABSENT);
    }

    private static Endpoints unnamed(Endpoints real, Defect defect, AtomicBoolean lost, int times) {
        UnnamedJobs jobs = new RealService.Unnamed((UnnamedJobs) real.jobs("unnamed")) {
            @Override
            public String invoke(UUID nonce, JobRequest request) {
                String first = super.invoke(nonce, request);
                if (!lost.get()) {
                    IntStream.range(1, times).forEach(n -> super.invoke(nonce, request));
                    lose(lost);
                }
                return first;
            }
        };
        return RealService.everywhere(defect.unnamed(jobs));
    }

    private static void lose(AtomicBoolean lost) {
        if (lost.compareAndSet(false, true)) {
            throw new RemoteException.Unavailable("the answer is lost");
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
