package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommit;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.claim.Claims;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Accepts the outputs of a set: of whatever came home for a scoring, the first to be committed is its output. */
@Component
public class Collect {
    private final OutcomeCommit outcomeCommit;
    private final Claims claims;
    private final OutputDelivery outputDelivery;
    private final FileThreads files;

    public Collect(OutcomeCommit outcomeCommit, Claims claims, OutputDelivery outputDelivery, FileThreads files) {
        this.outcomeCommit = outcomeCommit;
        this.claims = claims;
        this.outputDelivery = outputDelivery;
        this.files = files;
    }

    /** Commits the outcomes of fetching a set, and ends what was delivered for them. */
    public void accept(List<? extends Outcome> fetched) {
        Map<Long, Claim> brought = new HashMap<>();
        for (Outcome outcome : fetched) {
            if (outcome instanceof Outcome.Moves(var move)) {
                brought.put(move.claim().scoring(), move.claim());
            }
        }
        outcomeCommit.commit(fetched);
        // cancelled between the delivery and its commit: an end is never left, so nobody will deliver there again
        claims.endedWithoutOutput(brought.keySet())
                .forEach(scoring -> withdraw(Objects.requireNonNull(brought.get(scoring))));
        brought.values().forEach(outputDelivery::settle);
    }

    private void withdraw(Claim claim) {
        files.get(Use.DELIVERY, "Taking back the output of scoring " + claim.place() + " of run " + claim.run(), () -> {
            outputDelivery.withdraw(claim);
            return true;
        });
    }
}
