package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.http.ManagedCall;
import java.util.Locale;

/** The calls of the Batch Execution Service and of the Request/Response Service. */
public enum BesCall implements ManagedCall {
    /** Registers a job and reserves a call for its start. */
    SUBMIT {
        @Override
        public Reservation reservation() {
            return Reservation.RESERVES;
        }
    },
    /** Starts a registered job. */
    START {
        @Override
        public Reservation reservation() {
            return Reservation.CONSUMES;
        }
    },
    /** Requests the status of a job. */
    STATUS {
        @Override
        public CallPriority priority() {
            return CallPriority.PATIENT;
        }
    },
    /** Requests the cancellation of a job. */
    CANCEL,
    /** Scores a small table at once. If a hop refuses it, a remote job scores the table. */
    EXECUTE {
        @Override
        public int bodyLimit() {
            return 4 * MEBIBYTE;
        }

        @Override
        public boolean hasFallback() {
            return true;
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
