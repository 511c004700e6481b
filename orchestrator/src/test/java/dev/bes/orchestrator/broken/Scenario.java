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
enum Scenario {
    /** Nothing. */
    QUIET("nothing happens") {
        @Override
        void play(Scene scene) throws IOException {
            NewRun run = scene.newRun();
            scene.node("only", new Ways()).finish(run, scene.accept(run));
        }
    },

    /** The id of a job comes back to a node that was overtaken. */
    SLEEPS_BEFORE_BINDING("a node is taken for dead between submit and bind, and wakes up") {
        @Override
        void play(Scene scene) throws IOException {
            NewRun run = scene.newRun();
            long id = scene.accept(run);
            PipelineNode heir = scene.node("heir", new Ways());
            Ways sleepy = new Ways() {
                @Override
                TwoStepJobs jobs(TwoStepJobs real) {
                    return new Jobs(real) {
                        @Override
                        public String submit(JobRequest request) {
                            String job = super.submit(request);
                            scene.during(FaultKind.NODE_PAUSED, () -> takeOver(scene, run, () -> heir.launch(run)));
                            return job;
                        }
                    };
                }
            };
            scene.node("sleeper", sleepy).launch(run);
            heir.finish(run, id);
        }
    },

    /** Two nodes bring the same output home. */
    SLEEPS_BEFORE_ACCEPTING("a node is taken for dead between delivering an output and accepting it, and wakes up") {
        @Override
        void play(Scene scene) throws IOException {
            NewRun run = scene.newRun();
            long id = scene.accept(run);
            PipelineNode heir = scene.node("heir", new Ways());
            Ways sleepy = new SleepyCommit(() -> scene.during(FaultKind.NODE_PAUSED, () -> {
                takeOver(scene, run, () -> heir.collect(run));
                assertThat(scene.rows().reader().find(id).orElseThrow().state()).isEqualTo(State.FINISHED);
            }));
            scene.node("sleeper", sleepy).finish(run, id);
        }
    },

    /** Nobody knows whether the job was started. */
    LOSES_A_REPLY("the reply to a start is lost, at a service that executes a job as often as it is started") {
        @Override
        void play(Scene scene) throws IOException {
            scene.executeSecondStarts();
            NewRun run = scene.newRun();
            long id = scene.accept(run);
            Ways lossy = new Ways() {
                @Override
                TwoStepJobs jobs(TwoStepJobs real) {
                    return new Jobs(real) {
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
            PipelineNode node = scene.node("only", lossy);
            scene.during(FaultKind.CALLS_FAILING, () -> node.launch(run));
            node.finish(run, id);
        }
    },

    /** Five calls a second are let through, and a job takes more to be followed. */
    IS_TOLD_TO_WAIT("the managed API says Retry-After") {
        @Override
        SandboxOptions set(SandboxOptions options) {
            return options.withPeriodScale(1 / 60.0).withServiceTime(Duration.ofMillis(500), Duration.ofMillis(500));
        }

        @Override
        void play(Scene scene) throws IOException {
            NewRun run = scene.newRun();
            Ways limited = new Ways() {
                @Override
                String subscription() {
                    return "starter";
                }
            };
            scene.node("only", limited).finish(run, scene.accept(run));
            assertThat(scene.refusals()).as("calls that were too many").isPositive();
        }
    },

    /** A client that had no answer asks again. */
    HEARS_A_KEY_TWICE("the same request comes twice") {
        @Override
        void play(Scene scene) throws IOException {
            NewRun run = scene.newRun();
            PipelineNode node = scene.node("only", new Ways());
            long first = scene.accept(run);
            long second = scene.accept(run);
            node.finish(run, first);
            node.finish(run, second);
        }
    };

    private final String words;

    Scenario(String words) {
        this.words = words;
    }

    /** How the remote side is set up for it. */
    SandboxOptions set(SandboxOptions options) {
        return options;
    }

    abstract void play(Scene scene) throws IOException;

    private static void takeOver(Scene scene, NewRun run, Runnable work) {
        scene.rows().letTimePass(run);
        work.run();
    }

    @Override
    public String toString() {
        return words;
    }
}
