package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.Script;
import dev.bes.orchestrator.pipeline.SequenceRows;
import dev.bes.orchestrator.pipeline.model.Event.Interruption;
import dev.bes.orchestrator.pipeline.model.Event.Mishap;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One sequence as it happens: to real rows and real steps, and a remote side of its own. */
final class SequenceRun {
    private static final int MOST_ROUNDS = 100;
    private static final String TIME_PASSES = """
            WITH facts AS (
                UPDATE attempt a SET submitted_at = submitted_at - :by * interval '1 s',
                    started_at = started_at - :by * interval '1 s', scored_at = scored_at - :by * interval '1 s'
                FROM scoring s WHERE s.id = a.scoring_id AND s.sweep IS NOT NULL AND s.run_id = ANY(:runs)
            ), calls AS (
                UPDATE submit_intent i SET created_at = created_at - :by * interval '1 s'
                FROM scoring s WHERE s.id = i.scoring_id AND s.sweep IS NOT NULL AND s.run_id = ANY(:runs))
            UPDATE scoring SET due_at = due_at - :by * interval '1 s'
            WHERE sweep IS NOT NULL AND attention IS NULL AND run_id = ANY(:runs) RETURNING upper(sweep)""";

    private final ModelWorld world;
    private final RunParts observer = DatabaseFixture.shared().node("observer");
    private final List<ModelNode> nodes = new ArrayList<>();
    private final List<ModelNode.Work> sleepers = new ArrayList<>();

    SequenceRun(Script script, Protocol protocol, Path folder, PlantedDefect plantedDefect) {
        this.world = new ModelWorld(script, protocol, plantedDefect, folder);
        for (int number = 0; number < script.setting().nodes(); number++) {
            nodes.add(new ModelNode(number, world));
        }
    }

    /** Lets everything happen, heals the remote side, waits until all is quiet, and looks at what is left. */
    ModelWorld run() {
        world.accept(observer);
        world.script().events().forEach(this::happen);
        heal();
        new Invariants(SequenceRows.of(observer.jdbc(), world.runs()), world).check();
        return world;
    }

    private void happen(Event event) {
        world.trace().note("%d %s".formatted(world.remote().now(), event));
        switch (event) {
            case Event.Sweeps(var node, var sweep, var interruption, var seed) ->
                go(node(node).sweep(sweep), interruption, dice(seed));
            case Event.Wakes(var sleeper, var interruption, var seed) -> {
                if (!sleepers.isEmpty()) {
                    go(sleepers.remove(sleeper % sleepers.size()), interruption, dice(seed));
                }
            }
            case Event.Passes(var ticks) -> pass(ticks);
            case Event.Cancels(var run) -> observer.cancellation().cancel(world.run(run), Actor.user("ada"));
            case Event.Resumes(var run, var scoring) ->
                observer.resumption().resume(world.run(run), scoring + 1, Actor.user("ada"));
            case Event.TriggersAgain(var run) -> world.acceptAgain(run, observer);
            case Event.Renews(var node) -> node(node).renew();
            case Event.Ends(var node) -> {
                node(node).letGo();
                end(node(node));
            }
        }
    }

    private ModelNode node(int number) {
        return nodes.get(number % nodes.size());
    }

    private SeededRandom dice(long seed) {
        return new SeededRandom(seed, world.script().setting().troublePercent());
    }

    private void go(ModelNode.Work work, Interruption interruption, SeededRandom seededRandom) {
        world.run(work);
        work.fiber.go(interruption, seededRandom);
        if (work.fiber.failure() != null) {
            world.trace().violation(work.fiber.name + " broke down: " + work.fiber.failure());
        }
        if (work.fiber.asleep()) {
            world.trace().note("    " + work.fiber.name + " falls asleep");
            world.overslept();
            sleepers.add(work);
            return;
        }
        work.node.done(work);
        if (work.fiber.dead() && interruption.mishap() == Mishap.DIES) {
            world.trace().note("    " + work.fiber.name + " dies");
            end(work.node);
        }
    }

    private void end(ModelNode node) {
        sleepers.stream().filter(w -> w.node == node).toList().forEach(this::kill);
        node.comeBack();
    }

    private void kill(ModelNode.Work work) {
        sleepers.remove(work);
        world.run(work);
        work.fiber.kill();
        work.node.done(work);
    }

    /** Time goes by on both sides. Returns which sweeps have anything left to do. */
    private Set<Sweep> pass(int ticks) {
        for (int i = 0; i < ticks; i++) {
            world.remote().tick();
        }
        Set<Sweep> live = EnumSet.noneOf(Sweep.class);
        observer.jdbc()
                .sql(TIME_PASSES)
                .param("by", ticks * Timing.TICK.toSeconds())
                .param("runs", world.runs().toArray(Long[]::new))
                .query((row, n) -> live.add(Sweep.valueOf(row.getString(1))))
                .list();
        return live;
    }

    private void heal() {
        world.trace()
                .note("%d all is well from here on".formatted(world.remote().now()));
        while (!sleepers.isEmpty()) {
            go(sleepers.removeFirst(), Interruption.NONE, SeededRandom.quiet());
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Set<Sweep> live = pass(2);
            if (live.isEmpty()) {
                return;
            }
            live.forEach(sweep -> go(nodes.getFirst().sweep(sweep), Interruption.NONE, SeededRandom.quiet()));
        }
    }
}
