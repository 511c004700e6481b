package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import java.util.Map;

/** One time that a job runs; there is one of each job, unless the service is assumed to run it again. */
final class Execution {

    private final Job job;

    Execution(Job job) {
        this.job = job;
    }

    Job job() {
        return job;
    }

    /** Whether it has neither ended nor been cancelled. */
    boolean isRunning() {
        return job.isRunning(this);
    }

    /** Whether this call ended it; one that was cancelled in the meantime stays so. */
    boolean finish(Map<String, BlobReference> outputs) {
        return job.finish(this, outputs);
    }

    /** Whether this call ended it. */
    boolean fail(String text) {
        return job.fail(this, text);
    }
}
