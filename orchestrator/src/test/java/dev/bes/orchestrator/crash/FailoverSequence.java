package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A site on which node after node dies, each at a point of its own, and others see its work through. */
final class FailoverSequence {
    private static final int MOST_RUNS = 10;

    private final Installation installation;
    private final Heir heir;

    FailoverSequence(Installation installation, Heir heir) {
        this.installation = installation;
        this.heir = heir;
    }

    /** Who goes on with the work of the dead. */
    enum Heir {
        /** A node that is up already; the dead one is replaced meanwhile. */
        ANOTHER_NODE(2),
        /** The node itself, started again. */
        THE_SAME_NODE(1);

        private final int nodes;

        Heir(int nodes) {
            this.nodes = nodes;
        }
    }

    /** Lets a node die at a point while work is done, and judges what comes of the work. */
    void survive(String point, WorkKind workKind) {
        installation.keepUp(heir.nodes);
        installation.arm(point, Failpoints.Harm.HALT);
        try {
            CompletableFuture<Long> run = workUntilDeath(workKind);
            long death = System.nanoTime();
            installation.letTimePass();
            installation.start();
            judge(workKind, run.join());
            System.out.printf("%-14s %-58s %5d ms%n", heir, point, (System.nanoTime() - death) / 1_000_000);
        } finally {
            installation.disarm(point);
        }
    }

    /** Not every run passes every point: a job may end before it is waited for. */
    private CompletableFuture<Long> workUntilDeath(WorkKind workKind) {
        for (int i = 0; i < MOST_RUNS; i++) {
            CompletableFuture<Long> run = workKind.beginBeside(installation);
            Optional<NodeProcess> dead = installation.awaitDeath(run);
            if (dead.isPresent()) {
                assertThat(dead.get().exitCode()).isEqualTo(Failpoints.KILLED);
                return run;
            }
            judge(workKind, run.join());
        }
        throw new AssertionError("Nobody came to this point in " + MOST_RUNS + " runs");
    }

    private void judge(WorkKind workKind, long run) {
        installation.awaitEnd(run);
        workKind.isDone(installation, run);
    }
}
