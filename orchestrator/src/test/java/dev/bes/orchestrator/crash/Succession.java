package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A site on which node after node dies, each at a point of its own, and others see its work through. */
final class Succession {
    private static final int MOST_RUNS = 10;

    private final Site site;
    private final Heir heir;

    Succession(Site site, Heir heir) {
        this.site = site;
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
    void survive(String point, Work work) {
        site.keepUp(heir.nodes);
        site.arm(point, Failpoints.Harm.HALT);
        try {
            CompletableFuture<Long> run = workUntilDeath(work);
            long death = System.nanoTime();
            site.letTimePass();
            site.start();
            judge(work, run.join());
            System.out.printf("%-14s %-58s %5d ms%n", heir, point, (System.nanoTime() - death) / 1_000_000);
        } finally {
            site.disarm(point);
        }
    }

    /** Not every run passes every point: a job may end before it is waited for. */
    private CompletableFuture<Long> workUntilDeath(Work work) {
        for (int i = 0; i < MOST_RUNS; i++) {
            CompletableFuture<Long> run = work.beginBeside(site);
            Optional<NodeProcess> dead = site.awaitDeath(run);
            if (dead.isPresent()) {
                assertThat(dead.get().exitCode()).isEqualTo(Failpoints.KILLED);
                return run;
            }
            judge(work, run.join());
        }
        throw new AssertionError("Nobody came to this point in " + MOST_RUNS + " runs");
    }

    private void judge(Work work, long run) {
        site.awaitEnd(run);
        work.isDone(site, run);
    }
}
