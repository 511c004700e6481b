package dev.bes.testbench.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The reply to one call on its way back, and what a fault makes of it. */
final class ReplyFlow {

    /** How the connection goes on after a chunk. */
    enum Then {
        GO_ON,
        CLOSE,
        RESET,
        SWALLOW
    }

    private final Call call;
    private final InjectedFaults faults;
    private final Repeat repeat;
    private final ReplyHead head;
    private @Nullable Hit hit;
    private boolean begun;
    private int passed;

    /** @param repeat sends a call to the target once more */
    ReplyFlow(Call call, @Nullable Hit hit, InjectedFaults faults, Repeat repeat) {
        this.call = call;
        this.hit = hit;
        this.faults = faults;
        this.repeat = repeat;
        this.head = new ReplyHead(call instanceof Call.Http);
    }

    /** Passes a chunk of the reply on to the client, or what the fault leaves of it. */
    Then pass(Chunk chunk) throws IOException, InterruptedException {
        Hit now = hit != null ? hit : faults.onReplyTo(call);
        hit = now;
        Then then = now == null || now.isCleared() ? goOn(chunk) : spoil(now, chunk);
        begun = true;
        return then;
    }

    private Then spoil(Hit now, Chunk chunk) throws IOException, InterruptedException {
        return switch (now.fault()) {
            case Fault.Delay delay -> delay(now, delay, chunk);
            case Fault.Drip drip -> drip(now, drip, chunk);
            case Fault.Stall stall -> stall(now, stall, chunk);
            case Fault.Truncate truncate -> truncate(now, truncate, chunk);
            case Fault.Duplicate _ -> duplicate(now, chunk);
            case Fault.AnswerAfterForwarding answer -> answer(now, answer, chunk);
            case Fault.ResetAfterForwarding _ -> end(now, Then.RESET);
            case Fault.BlackHole _ -> end(now, Then.SWALLOW);
            case Fault.ResetBeforeForwarding _, Fault.AnswerWithoutForwarding _ ->
                throw new IllegalStateException("The call was not forwarded");
        };
    }

    private static Then goOn(Chunk chunk) throws IOException {
        chunk.pass(0, chunk.length());
        return Then.GO_ON;
    }

    private static Then end(Hit now, Then then) {
        now.happens();
        return then;
    }

    private static Then delay(Hit now, Fault.Delay delay, Chunk chunk) throws IOException, InterruptedException {
        now.pause(delay.each());
        return goOn(chunk);
    }

    private Then drip(Hit now, Fault.Drip drip, Chunk chunk) throws IOException, InterruptedException {
        int start = head.in(chunk);
        chunk.pass(0, start);
        for (int at = start; at < chunk.length(); at++) {
            now.pause(drip.interval());
            chunk.pass(at, at + 1);
        }
        return Then.GO_ON;
    }

    private Then stall(Hit now, Fault.Stall stall, Chunk chunk) throws IOException, InterruptedException {
        int allowed = allowed(chunk, stall.afterBytes());
        chunk.pass(0, allowed);
        if (allowed < chunk.length()) {
            now.stop();
            chunk.pass(allowed, chunk.length());
        }
        return Then.GO_ON;
    }

    private Then truncate(Hit now, Fault.Truncate truncate, Chunk chunk) throws IOException {
        int allowed = allowed(chunk, truncate.afterBytes());
        chunk.pass(0, allowed);
        return allowed < chunk.length() ? end(now, Then.CLOSE) : Then.GO_ON;
    }

    private Then duplicate(Hit now, Chunk chunk) throws IOException {
        if (!begun) {
            repeat.send(call);
            now.happens();
        }
        return goOn(chunk);
    }

    private static Then answer(Hit now, Fault.AnswerAfterForwarding answer, Chunk chunk) throws IOException {
        chunk.instead(Answers.bytes(answer.reply()));
        return end(now, Then.CLOSE);
    }

    /** Up to where the chunk may pass when so many bytes behind the head may. */
    private int allowed(Chunk chunk, int afterBytes) {
        int start = head.in(chunk);
        int body = Math.min(chunk.length() - start, afterBytes - passed);
        passed += body;
        return start + body;
    }

    /** Sends a call to the target once more. */
    interface Repeat {

        /** Returns when the target has begun to reply. */
        void send(Call call) throws IOException;
    }
}
