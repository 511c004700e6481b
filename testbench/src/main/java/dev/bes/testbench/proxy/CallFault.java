package dev.bes.testbench.proxy;

import dev.bes.sandbox.http.Reply;
import java.time.Duration;

/**
 * What a proxy does to a call: to an HTTP request, or to the messages of a PostgreSQL client before it waits. Counts of
 * reply bytes exclude the head of an HTTP reply, which always passes.
 */
public sealed interface CallFault {

    /** The call, and each chunk of its reply, waits this long (up to 10 minutes). A call waits on if its client goes. */
    record Delay(Duration each) implements CallFault {
        /** @throws IllegalArgumentException when it is out of bounds */
        public Delay {
            checkDuration(each);
        }
    }

    /** The reply stops for good after so many bytes; the connection stays open. */
    record Stall(int afterBytes) implements CallFault {
        /** @throws IllegalArgumentException when it is negative */
        public Stall {
            checkBytes(afterBytes);
        }
    }

    /** The reply comes one byte per interval (up to 10 minutes). */
    record Drip(Duration interval) implements CallFault {
        /** @throws IllegalArgumentException when it is out of bounds */
        public Drip {
            checkDuration(interval);
        }
    }

    /** The connection is closed after so many bytes of the reply. */
    record Truncate(int afterBytes) implements CallFault {
        /** @throws IllegalArgumentException when it is negative */
        public Truncate {
            checkBytes(afterBytes);
        }
    }

    /** The client's connection is reset, and the target hears nothing of the call. */
    record ResetBeforeForwarding() implements CallFault {}

    /** The client's connection is reset when the target begins to reply: the call had its effect, its reply is lost. */
    record ResetAfterForwarding() implements CallFault {}

    /** Nothing is forwarded, nothing comes back, and the connection stays open, even when the fault is cleared. */
    record BlackHole() implements CallFault {}

    /** The target gets the request a second time before the client gets the first reply. HTTP only. */
    record Duplicate() implements CallFault {}

    /** The proxy answers, and the target hears nothing of the call. HTTP only. */
    record AnswerWithoutForwarding(Reply reply) implements CallFault {}

    /** The target gets the request, and the client gets this instead of its reply. HTTP only. */
    record AnswerAfterForwarding(Reply reply) implements CallFault {}

    private static void checkDuration(Duration duration) {
        if (!duration.isPositive() || duration.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("A fault's duration must be > 0 and <= 10 minutes, not " + duration);
        }
    }

    private static void checkBytes(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A fault's number of bytes must be >= 0, not " + bytes);
        }
    }
}
