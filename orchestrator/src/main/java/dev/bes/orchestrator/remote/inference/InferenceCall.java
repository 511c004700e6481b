package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.http.ManagedCall;
import java.util.Locale;

/** The calls of the Open Inference Protocol. */
enum InferenceCall implements ManagedCall {
    /** Requests the names, datatypes and shapes of a model's tensors. */
    METADATA,
    /** Scores a batch. */
    INFER {
        @Override
        public int bodyLimit() {
            return 64 * MEBIBYTE;
        }
    };

    @Override
    public CallPriority priority() {
        return CallPriority.URGENT;
    }

    @Override
    public String displayName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
