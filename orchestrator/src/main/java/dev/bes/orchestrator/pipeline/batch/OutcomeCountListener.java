package dev.bes.orchestrator.pipeline.batch;

import dev.bes.orchestrator.pipeline.Outcome;
import java.util.Objects;
import org.springframework.batch.core.listener.ItemWriteListener;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Writes the outcomes of a step into its execution context: how many scorings {@code moves}, {@code waits} or is
 * {@code ready} without a change.
 */
class OutcomeCountListener implements ItemWriteListener<Outcome> {
    @Override
    public void beforeWrite(Chunk<? extends Outcome> chunk) {
        long moves = count(chunk, Outcome.Moved.class);
        long waits = count(chunk, Outcome.Deferred.class);
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
