package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.Script;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What all parts of a sequence share. */
final class ModelWorld {
    private static final AtomicLong WORLDS = new AtomicLong();

    private final Script script;
    private final String endpoint = "model-" + WORLDS.incrementAndGet();
    private final PlantedDefect plantedDefect;
    private final Path folder;
    private final Trace trace = new Trace();
    private final ModelRemote remote;
    private final List<NewRun> wanted = new ArrayList<>();
    private final List<Long> runs = new ArrayList<>();
    private volatile ModelNode.@Nullable Work running;
    private boolean overslept;

    ModelWorld(Script script, Protocol protocol, PlantedDefect plantedDefect, Path folder) {
        this.script = script;
        this.plantedDefect = plantedDefect;
        this.folder = folder;
        this.remote = protocol.remote(this);
    }

    Script script() {
        return script;
    }

    /** The name of the endpoint, which no other sequence has. */
    String endpoint() {
        return endpoint;
    }

    PlantedDefect flaw() {
        return plantedDefect;
    }

    Trace trace() {
        return trace;
    }

    ModelRemote remote() {
        return remote;
    }

    PipelineSettings settings() {
        return plantedDefect.settings(Timing.settings(folder.resolve("delivered")));
    }

    /** Lets a trigger ask for the runs. */
    void accept(RunParts observer) {
        InputFile day = new InputFile(folder.resolve(remote.input()).toString(), remote.input());
        for (int scorings : script.setting().scorings()) {
            NewRun run = RunBuilder.aRun()
                    .on(endpoint)
                    .withAttempts(script.setting().attempts())
                    .withDeadline(Timing.DEADLINE)
                    .withFiles(Collections.nCopies(scorings, day))
                    .deliveredTo("${run.id}")
                    .build();
            wanted.add(run);
            runs.add(observer.runs().accept(run).id());
        }
    }

    /** Lets the trigger ask again, as if it had had no answer. */
    void acceptAgain(int number, RunParts observer) {
        NewRun run = wanted.get(number % wanted.size());
        RunAcceptance.Accepted accepted = observer.runs().accept(run);
        if (accepted.isNew() || accepted.id() != run(number)) {
            trace.violation("a run was accepted twice");
        }
    }

    /** The ids of the runs. */
    List<Long> runs() {
        return runs;
    }

    long run(int number) {
        return runs.get(number % runs.size());
    }

    /** A node has slept: the places of what it held were given away, and it may go on with it all the same. */
    void overslept() {
        overslept = true;
    }

    boolean hasOverslept() {
        return overslept;
    }

    void run(ModelNode.Work work) {
        running = work;
    }

    ModelNode.Work work() {
        return Objects.requireNonNull(running);
    }

    /** The one fiber that runs. */
    Fiber running() {
        return work().fiber;
    }

    SeededRandom dice() {
        return running().dice();
    }
}
