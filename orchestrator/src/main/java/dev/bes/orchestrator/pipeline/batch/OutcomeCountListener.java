package dev.bes.orchestrator.pipeline.batch;

import dev.bes.orchestrator.pipeline.Outcome;
import java.util.Objects;
import org.springframework.batch.core.listener.ItemWriteListener;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Notes in the execution context of a step what its processor found out: how many scorings move, how many have to wait, and how
 * many go on as they stand.
 */
class OutcomeCountListener implements ItemWriteListener<Outcome> {
    @Override
    public void beforeWrite(Chunk<? extends Outcome> chunk) {
        long moves = count(chunk, Outcome.Moves.class);
        long waits = count(chunk, Outcome.Waits.class);
        ExecutionContext context = Objects.requireNonNull(StepSynchronizationManager.getContext())
                .getStepExecution()
                .getExecutionContext();
        context.putLong("moves", moves);
        context.putLong("waits", waits);
        context.putLong("ready", chunk.size() - moves - waits);
    }

    private static long count(Chunk<? extends Outcome> chunk, Class<? extends Outcome> kind) {
        return chunk.getItems().stream().filter(kind::isInstance).count();
    }
}
