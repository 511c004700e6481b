package dev.bes.testbench.proxy;

import dev.bes.sandbox.http.Reply;
import java.time.Duration;

/**
 * A fault that a proxy applies to a call: an HTTP request, or the messages of a PostgreSQL client before it waits. Counts of
 * reply bytes exclude the head of an HTTP reply, which is always forwarded.
 */
public sealed interface CallFault {

    /** The call, and each chunk of its reply, waits this long (up to 10 minutes). A call keeps waiting if its client disconnects. */
    record Delay(Duration each) implements CallFault {
        /** @throws IllegalArgumentException when it is out of bounds */
        public Delay {
            checkDuration(each);
        }
    }

    /** The reply stops after this number of bytes; the connection stays open. */
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

    /** The connection is closed after this number of bytes of the reply. */
    record Truncate(int afterBytes) implements CallFault {
        /** @throws IllegalArgumentException when it is negative */
        public Truncate {
            checkBytes(afterBytes);
        }
    }

    /** The client's connection is reset, and the target does not receive the call. */
    record ResetBeforeForwarding() implements CallFault {}

    /** The client's connection is reset when the target begins to reply: the call took effect, its reply is lost. */
    record ResetAfterForwarding() implements CallFault {}

    /** Neither the call nor a reply is forwarded. The connection stays open, even when the fault is cleared. */
    record BlackHole() implements CallFault {}

    /** The target receives the request twice before the client receives the first reply. HTTP only. */
    record Duplicate() implements CallFault {}

    /** The proxy answers, and the target does not receive the call. HTTP only. */
    record AnswerWithoutForwarding(Reply reply) implements CallFault {}

    /** The target receives the request, and the client receives this reply instead of the target's. HTTP only. */
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
