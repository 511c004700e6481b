package dev.bes.orchestrator.database.transaction;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Short transactions that are tried again when the database broke a deadlock at their expense. */
@Component
public class Transactions {
    private final TransactionTemplate template;
    private final TransactionTemplate nested;
    private final RetryTemplate retry = new RetryTemplate(RetryPolicy.builder()
            .includes(ConcurrencyFailureException.class)
            .maxRetries(5)
            .delay(Duration.ofMillis(20))
            .jitter(Duration.ofMillis(20))
            .multiplier(2)
            .build());

    public Transactions(PlatformTransactionManager manager) {
        this.template = new TransactionTemplate(manager);
        this.nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /** Runs the work in a transaction of its own, or in the one that is under way. */
    public <T> T run(Supplier<T> work) {
        return retry.invoke(() -> template.execute(status -> work.get()));
    }

    /** Runs the work within the transaction that is under way. If it fails, only what it did is undone. */
    public <T> T runNested(Supplier<T> work) {
        return nested.execute(status -> work.get());
    }
}
