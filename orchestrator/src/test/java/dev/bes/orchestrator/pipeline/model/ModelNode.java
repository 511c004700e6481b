package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.InterceptionPoints;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineNode;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.sweep.PoisonPillDetector;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A node of a sequence, made of the real parts. */
final class ModelNode {
    private final int number;
    private final ModelWorld world;
    private final InterceptionPoints interceptionPoints;
    private final List<Work> works = new ArrayList<>();
    private int lives;
    private RunParts rows;

    ModelNode(int number, ModelWorld world) {
        this.number = number;
        this.world = world;
        this.interceptionPoints = new InterceptionPoints(-1, () -> {}) {
            @Override
            public void pass(String moment) {
                world.running().pass(moment);
            }
        };
        this.rows = born();
    }

    private RunParts born() {
        return world.flaw().rows(name(), interceptionPoints);
    }

    private String name() {
        return "n%d.%d".formatted(number, lives);
    }

    /** A set that a node works off, as soon as somebody lets it. */
    static final class Work {
        final ModelNode node;
        final Fiber fiber;
        private List<Claim> set = List.of();
        private final Set<Long> lost = new HashSet<>();

        private Work(ModelNode node, String name, Function<Work, Runnable> work) {
            this.node = node;
            this.fiber = new Fiber(name, () -> work.apply(this).run());
        }

        boolean overtaken(long scoring, long epoch) {
            return set.stream().noneMatch(c -> c.scoring() == scoring && c.epoch() == epoch);
        }
    }

    Work sweep(Sweep sweep) {
        Work work = new Work(this, name() + " " + sweep, w -> () -> sweep(sweep, w));
        works.add(work);
        return work;
    }

    private void sweep(Sweep sweep, Work work) {
        PipelineSettings settings = world.settings();
        List<Claim> due = rows.claims()
                .claim(
                        sweep,
                        world.endpoint(),
                        world.remote().maxConcurrentJobs(""),
                        settings.setSize(),
                        settings.lease());
        work.set = new PoisonPillDetector(rows.claims(), rows.moves(), settings).select(due);
        if (!work.set.isEmpty()) {
            pipeline(work).work(sweep, work.set);
        }
    }

    /** One for each set: only one call of a set is made at a time, and one that sleeps must not hold up others. */
    private PipelineNode pipeline(Work work) {
        PipelineSettings settings = world.settings();
        PipelineNode node = new PipelineNode(
                rows,
                interceptionPoints.around(world.flaw().endpoints(world.remote())),
                interceptionPoints.around(world.remote().blobs(world::dice)),
                settings,
                new ItemGuard(claim -> !work.lost.contains(claim.scoring()), new RetryPolicy(settings)) {
                    @Override
                    public Outcome run(Claim claim, Function<Claim, Outcome> step) {
                        return super.run(claim, c -> watched(c, step));
                    }
                });
        return world.script().setting().room() ? node.withRoom() : node;
    }

    private Outcome watched(Claim claim, Function<Claim, Outcome> step) {
        try {
            return step.apply(claim);
        } catch (RuntimeException e) {
            world.trace().violation("a step broke down: " + e);
            throw e;
        }
    }

    void done(Work work) {
        works.remove(work);
    }

    void renew() {
        works.forEach(work ->
                work.lost.addAll(rows.claims().renew(work.set, world.settings().lease())));
    }

    void letGo() {
        rows.claims().releaseAll();
    }

    /** The process is gone, another one takes its place. */
    void comeBack() {
        lives++;
        rows = born();
    }
}
