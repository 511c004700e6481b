package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.http.ManagedCall;
import java.util.Locale;

/** The calls of the Batch Execution Service, and the one of its sibling. */
public enum BesCall implements ManagedCall {
    /** Registers a job; a call is set aside for its start. */
    SUBMIT {
        @Override
        public Reservation reservation() {
            return Reservation.MAKES;
        }
    },
    /** Starts a registered job. */
    START {
        @Override
        public Reservation reservation() {
            return Reservation.USES;
        }
    },
    /** Asks how a job stands. */
    STATUS {
        @Override
        public CallPriority precedence() {
            return CallPriority.PATIENT;
        }
    },
    /** Asks for a job to be cancelled. */
    CANCEL,
    /** Scores a small table at once; what is refused on the way goes by a job. */
    EXECUTE {
        @Override
        public int bodyLimit() {
            return 4 * MEBIBYTE;
        }

        @Override
        public boolean hasAnotherWay() {
            return true;
        }
    };

    @Override
    public CallPriority precedence() {
        return CallPriority.URGENT;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
