package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.settings.NextFaults.Fault;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.util.function.Supplier;

/**
 * Starts jobs, and loses answers to that if it is set.
 *
 * @param settings which answers are lost
 */
record JobStart(RuntimeSettings settings) {

    private static final int FIRST_ERROR = 400;

    /** The answer to a start; the connection ends without one if it is lost, before the start or after it. */
    Reply answer(Supplier<Reply> start) {
        if (settings.take(Fault.ANSWER_LOST_BEFORE)) {
            return Reply.lost();
        }
        Reply reply = start.get();
        return reply.status() < FIRST_ERROR && settings.take(Fault.ANSWER_LOST_AFTER) ? Reply.lost() : reply;
    }
}
