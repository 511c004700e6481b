package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.broken.ClassDefects.ClassDefect;
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
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.ServiceClass;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Something that happens to a run at a remote service of another class. */
enum ClassScenario {
    /** A job is created, and nobody knows it. */
    LOSES_THE_ANSWER_TO_A_PUT("the answer to a PUT is lost", ServiceClass.NAMED, FaultKind.CALLS_FAILING) {
        @Override
        Endpoints endpoints(Endpoints real, ClassDefect defect, AtomicBoolean lost) {
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
        Endpoints endpoints(Endpoints real, ClassDefect defect, AtomicBoolean lost) {
            return unnamed(real, defect, lost, 1);
        }
    },
    /** Two jobs are at work, and nobody knows their ids. */
    LOSES_AN_INVOCATION_SENT_TWICE(
            "an invocation arrives twice, and its answer is lost", ServiceClass.UNNAMED, FaultKind.CALLS_DUPLICATED) {
        @Override
        Endpoints endpoints(Endpoints real, ClassDefect defect, AtomicBoolean lost) {
            return unnamed(real, defect, lost, 2);
        }
    },
    /** Nothing happens to rows in two batches. */
    SCORES_ROWS("rows are scored in batches", ServiceClass.ROWS, FaultKind.CALLS_FAILING) {
        @Override
        Endpoints endpoints(Endpoints real, ClassDefect defect, AtomicBoolean lost) {
            return RealService.everywhere(defect.rows(Objects.requireNonNull(real.rows("rows"))));
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
    abstract Endpoints endpoints(Endpoints real, ClassDefect defect, AtomicBoolean lost);

    void play(BrokenServiceFixture fixture, ClassDefect defect) throws IOException {
        AtomicBoolean lost = new AtomicBoolean();
        NewRun run = fixture.newRun(this::outputs);
        fixture.isOf(run, its);
        long id = fixture.accept(run);
        PipelineNode node = fixture.node("only", real -> endpoints(real, defect, lost));
        if (its != ServiceClass.ROWS) {
            fixture.during(fault, () -> node.launch(run));
        }
        node.finish(run, id);
    }

    /** A batch endpoint writes no header. */
    private RunBuilder outputs(RunBuilder run) {
        List<String> columns = Stream.concat(
                        Stream.of("Col2"), IntStream.range(0, 8).mapToObj(i -> "Col2_HashingFeature." + i))
                .toList();
        return its == ServiceClass.ROWS ? run : run.withOutput("score", new Output(Rows.SAME, columns, Header.ABSENT));
    }

    private static Endpoints unnamed(Endpoints real, ClassDefect defect, AtomicBoolean lost, int times) {
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
