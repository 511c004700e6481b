package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.remote.blob.Blobs;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** Something happens before the first transaction that begins after an output was fetched. */
final class DelayedCommit extends Interceptors {
    private final Runnable nap;
    private boolean fetched;

    DelayedCommit(Runnable nap) {
        this.nap = nap;
    }

    @Override
    Blobs blobs(Blobs real) {
        return new Blobs() {
            @Override
            public Upload upload(String path) {
                return real.upload(path);
            }

            @Override
            public void put(String path, byte[] content) {
                real.put(path, content);
            }

            @Override
            public long fetch(String path, Opening target) {
                fetched = true;
                return real.fetch(path, target);
            }

            @Override
            public void delete(String path) {
                real.delete(path);
            }
        };
    }

    @Override
    PlatformTransactionManager transactions(PlatformTransactionManager real) {
        return new PlatformTransactionManager() {
            @Override
            public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
                if (fetched) {
                    fetched = false;
                    nap.run();
                }
                return real.getTransaction(definition);
            }

            @Override
            public void commit(TransactionStatus status) {
                real.commit(status);
            }

            @Override
            public void rollback(TransactionStatus status) {
                real.rollback(status);
            }
        };
    }
}
