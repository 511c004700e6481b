package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommitter;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.claim.Claims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Commits the outputs of a set. The first output that is committed for a scoring is its output. */
@Component
public class Collect {
    private final OutcomeCommitter outcomeCommitter;
    private final Claims claims;
    private final OutputDelivery outputDelivery;
    private final ContainerDelivery containerDelivery;
    private final FileThreads files;

    public Collect(
            OutcomeCommitter outcomeCommitter,
            Claims claims,
            OutputDelivery outputDelivery,
            ContainerDelivery containerDelivery,
            FileThreads files) {
        this.outcomeCommitter = outcomeCommitter;
        this.claims = claims;
        this.outputDelivery = outputDelivery;
        this.containerDelivery = containerDelivery;
        this.files = files;
    }

    /** Commits the outcomes of fetching, and withdraws delivered files whose scoring was cancelled meanwhile. */
    public void accept(List<? extends Outcome> fetched) {
        Map<Long, Claim> delivered = new HashMap<>();
        for (Outcome outcome : fetched) {
            if (outcome instanceof Outcome.Moved(var move)) {
                delivered.put(move.claim().scoring(), move.claim());
            }
        }
        outcomeCommitter.commit(fetched);
        // cancelled between the delivery and its commit: an ended scoring never delivers again
        claims.endedWithoutOutput(delivered.keySet())
                .forEach(scoring -> withdraw(Objects.requireNonNull(delivered.get(scoring))));
        delivered.values().forEach(outputDelivery::forget);
        delivered.values().forEach(containerDelivery::forget);
    }

    private void withdraw(Claim claim) {
        containerDelivery.withdraw(claim);
        files.get(
                Use.DELIVERY,
                "Withdrawing the output of scoring " + claim.position() + " of run " + claim.run(),
                () -> {
                    outputDelivery.withdraw(claim);
                    return true;
                });
    }
}
