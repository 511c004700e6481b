package dev.bes.testbench.checker.analysis;

import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.ServiceClass;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import java.util.Map;

/** The classes of the remote services that attempts and jobs belong to. */
public final class ServiceClasses {

    private final Map<String, ServiceClass> byEndpoint;
    private final SnapshotIndex index;

    private ServiceClasses(Map<String, ServiceClass> byEndpoint, SnapshotIndex index) {
        this.byEndpoint = byEndpoint;
        this.index = index;
    }

    /** The classes as the settings say. */
    public static ServiceClasses of(Evidence evidence) {
        return new ServiceClasses(evidence.policy().classes(), new SnapshotIndex(evidence.database()));
    }

    /** The class of an attempt's endpoint. */
    public ServiceClass of(Attempt attempt) {
        return byEndpoint.getOrDefault(attempt.endpoint(), ServiceClass.TWO_STEP);
    }

    /** The class of the endpoint that a job was submitted to. */
    public ServiceClass of(RemoteJob job) {
        return index.submittedFor(job).map(this::of).orElse(ServiceClass.TWO_STEP);
    }

    /** Whether a call of this job's class may leave an extra job at work, which is found and cancelled. */
    public boolean mayHaveExtras(RemoteJob job) {
        return of(job) == ServiceClass.UNNAMED;
    }

    /** Whether some endpoint scores rows in batches. */
    public boolean haveRows() {
        return byEndpoint.containsValue(ServiceClass.ROWS);
    }
}
