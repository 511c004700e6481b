package dev.bes.orchestrator.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.PipelineNode;
import dev.bes.orchestrator.remote.JobRequest;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.testbench.checker.evidence.FaultKind;
import java.io.IOException;
import java.time.Duration;

/** Something that happens to a run. */
enum Scenario implements BrokenCase.Scene {
    /** Nothing. */
    QUIET("nothing happens") {
        @Override
        public void play(BrokenServiceFixture brokenServiceFixture, Defect defect) throws IOException {
            NewRun run = brokenServiceFixture.newRun();
            brokenServiceFixture.node("only", new Interceptors()).finish(run, brokenServiceFixture.accept(run));
        }
    },

    /** The id of a job comes back to a node that was overtaken. */
    SLEEPS_BEFORE_BINDING("a node is taken for dead between submit and bind, and wakes up") {
        @Override
        public void play(BrokenServiceFixture brokenServiceFixture, Defect defect) throws IOException {
            NewRun run = brokenServiceFixture.newRun();
            long id = brokenServiceFixture.accept(run);
            PipelineNode heir = brokenServiceFixture.node("heir", new Interceptors());
            Interceptors sleepy = new Interceptors() {
                @Override
                TwoStepJobs jobs(TwoStepJobs real) {
                    return new RealService.TwoStep(real) {
                        @Override
                        public String submit(JobRequest request) {
                            String job = super.submit(request);
                            brokenServiceFixture.during(
                                    FaultKind.NODE_PAUSED,
                                    () -> takeOver(brokenServiceFixture, run, () -> heir.launch(run)));
                            return job;
                        }
                    };
                }
            };
            brokenServiceFixture.node("sleeper", sleepy).launch(run);
            heir.finish(run, id);
        }
    },

    /** Two nodes bring the same output home. */
    SLEEPS_BEFORE_ACCEPTING("a node is taken for dead between delivering an output and accepting it, and wakes up") {
        @Override
        public void play(BrokenServiceFixture brokenServiceFixture, Defect defect) throws IOException {
            NewRun run = brokenServiceFixture.newRun();
            long id = brokenServiceFixture.accept(run);
            PipelineNode heir = brokenServiceFixture.node("heir", new Interceptors());
            Interceptors sleepy = new DelayedCommit(() -> brokenServiceFixture.during(FaultKind.NODE_PAUSED, () -> {
                takeOver(brokenServiceFixture, run, () -> heir.collect(run));
                assertThat(brokenServiceFixture
                                .rows()
                                .reader()
                                .find(id)
                                .orElseThrow()
                                .state())
                        .isEqualTo(State.FINISHED);
            }));
            brokenServiceFixture.node("sleeper", sleepy).finish(run, id);
        }
    },

    /** Nobody knows whether the job was started. */
    LOSES_A_REPLY("the reply to a start is lost, at a service that executes a job as often as it is started") {
        @Override
        public void play(BrokenServiceFixture brokenServiceFixture, Defect defect) throws IOException {
            brokenServiceFixture.executeSecondStarts();
            NewRun run = brokenServiceFixture.newRun();
            long id = brokenServiceFixture.accept(run);
            Interceptors lossy = new Interceptors() {
                @Override
                TwoStepJobs jobs(TwoStepJobs real) {
                    return new RealService.TwoStep(real) {
                        private boolean lost;

                        @Override
                        public void start(String jobId) {
                            super.start(jobId);
                            if (!lost) {
                                lost = true;
                                throw new RemoteException.Unavailable("the reply is lost");
                            }
                        }
                    };
                }
            };
            PipelineNode node = brokenServiceFixture.node("only", lossy);
            brokenServiceFixture.during(FaultKind.CALLS_FAILING, () -> node.launch(run));
            node.finish(run, id);
        }
    },

    /** Five calls a second are let through, and a job takes more to be followed. */
    IS_TOLD_TO_WAIT("the managed API says Retry-After") {
        @Override
        public SandboxOptions set(SandboxOptions options) {
            return options.withPeriodScale(1 / 60.0).withServiceTime(Duration.ofMillis(500), Duration.ofMillis(500));
        }

        @Override
        public void play(BrokenServiceFixture brokenServiceFixture, Defect defect) throws IOException {
            NewRun run = brokenServiceFixture.newRun();
            Interceptors limited = new Interceptors() {
                @Override
                String subscription() {
                    return "starter";
                }
            };
            brokenServiceFixture.node("only", limited).finish(run, brokenServiceFixture.accept(run));
            assertThat(brokenServiceFixture.refusals())
                    .as("calls that were too many")
                    .isPositive();
        }
    },

    /** A client that had no answer asks again. */
    HEARS_A_KEY_TWICE("the same request comes twice") {
        @Override
        public void play(BrokenServiceFixture brokenServiceFixture, Defect defect) throws IOException {
            NewRun run = brokenServiceFixture.newRun();
            PipelineNode node = brokenServiceFixture.node("only", new Interceptors());
            long first = brokenServiceFixture.accept(run);
            long second = brokenServiceFixture.accept(run);
            node.finish(run, first);
            node.finish(run, second);
        }
    };

    private final String words;

    Scenario(String words) {
        this.words = words;
    }

    private static void takeOver(BrokenServiceFixture brokenServiceFixture, NewRun run, Runnable work) {
        brokenServiceFixture.rows().letTimePass(run);
        work.run();
    }

    @Override
    public String toString() {
        return words;
    }
}
