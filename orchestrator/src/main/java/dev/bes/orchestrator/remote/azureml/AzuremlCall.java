package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.http.ManagedCall;
import java.util.Locale;

/** The calls of Azure Machine Learning. */
enum AzuremlCall implements ManagedCall {
    /** Creates a job under our name and starts it. */
    CREATE,
    /** Invokes a batch endpoint, which creates a job and starts it. */
    INVOKE,
    /** Requests the status of a job. */
    STATUS {
        @Override
        public CallPriority priority() {
            return CallPriority.PATIENT;
        }
    },
    /** Requests a page of the list of an endpoint's jobs, some kilobytes for each. */
    LIST {
        @Override
        public int bodyLimit() {
            return 16 * MEBIBYTE;
        }
    },
    /** Requests the cancellation of a job. */
    CANCEL;

    @Override
    public CallPriority priority() {
        return CallPriority.URGENT;
    }

    @Override
    public String displayName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
