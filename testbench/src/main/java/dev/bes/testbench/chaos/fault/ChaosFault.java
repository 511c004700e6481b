package dev.bes.testbench.chaos.fault;

import dev.bes.testbench.chaos.environment.TestEnvironment;
import dev.bes.testbench.checker.evidence.FaultKind;

/** A fault that is injected into one part of the environment for some time. */
public sealed interface ChaosFault
        permits NodeRestart,
                NodePause,
                ClockStep,
                DatabaseCrash,
                DatabaseReadOnly,
                SessionTermination,
                PoolExhaustion,
                DiskFull,
                FolderOutage,
                LinkFault,
                BlobAccessDenied,
                EndpointTrouble {

    /** Undoes a fault. */
    interface Undo {
        /** Returns when the target works again. */
        void run() throws Exception;
    }

    /** Its name in the report. */
    String name();

    /** Its kind, for the checker. */
    FaultKind kind();

    /** The part that it hits; a part has one fault at a time. */
    String target();

    /** Whether this machine allows it: mounting disks needs root, setting clocks needs libfaketime. */
    default boolean isPossible(TestEnvironment environment) {
        return true;
    }

    /** Begins it. */
    Undo begin(TestEnvironment environment) throws Exception;
}
