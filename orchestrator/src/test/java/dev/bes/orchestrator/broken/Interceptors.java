package dev.bes.orchestrator.broken;

import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.Blobs;
import org.springframework.transaction.PlatformTransactionManager;

/** The ways out of one node, on which nothing happens unless a subclass says what. */
class Interceptors {
    /** Whose limits its calls count against. */
    String subscription() {
        return "unlimited";
    }

    /** Its calls. */
    TwoStepJobs jobs(TwoStepJobs real) {
        return real;
    }

    /** Its blobs. */
    Blobs blobs(Blobs real) {
        return real;
    }

    /** Its transactions. */
    PlatformTransactionManager transactions(PlatformTransactionManager real) {
        return real;
    }
}
