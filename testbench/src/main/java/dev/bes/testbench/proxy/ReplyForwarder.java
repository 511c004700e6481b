package dev.bes.testbench.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The reply to one call on its way back, and what a fault makes of it. */
final class ReplyForwarder {

    /** How the connection goes on after a chunk. */
    enum Then {
        GO_ON,
        CLOSE,
        RESET,
        SWALLOW
    }

    private final Call call;
    private final FaultList faults;
    private final Repeat repeat;
    private final ReplyHeadScanner head;
    private @Nullable MatchedFault hit;
    private boolean begun;
    private int passed;

    /** @param repeat sends a call to the target once more */
    ReplyForwarder(Call call, @Nullable MatchedFault hit, FaultList faults, Repeat repeat) {
        this.call = call;
        this.hit = hit;
        this.faults = faults;
        this.repeat = repeat;
        this.head = new ReplyHeadScanner(call instanceof Call.Http);
    }

    /** Passes a chunk of the reply on to the client, or what the fault leaves of it. */
    Then pass(ReplyChunk chunk) throws IOException, InterruptedException {
        MatchedFault now = hit != null ? hit : faults.onReplyTo(call);
        hit = now;
        Then then = now == null || now.isCleared() ? goOn(chunk) : spoil(now, chunk);
        begun = true;
        return then;
    }

    private Then spoil(MatchedFault now, ReplyChunk chunk) throws IOException, InterruptedException {
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

    private static Then goOn(ReplyChunk chunk) throws IOException {
        chunk.pass(0, chunk.length());
        return Then.GO_ON;
    }

    private static Then end(MatchedFault now, Then then) {
        now.happens();
        return then;
    }

    private static Then delay(MatchedFault now, Fault.Delay delay, ReplyChunk chunk)
            throws IOException, InterruptedException {
        now.pause(delay.each());
        return goOn(chunk);
    }

    private Then drip(MatchedFault now, Fault.Drip drip, ReplyChunk chunk) throws IOException, InterruptedException {
        int start = head.in(chunk);
        chunk.pass(0, start);
        for (int at = start; at < chunk.length(); at++) {
            now.pause(drip.interval());
            chunk.pass(at, at + 1);
        }
        return Then.GO_ON;
    }

    private Then stall(MatchedFault now, Fault.Stall stall, ReplyChunk chunk) throws IOException, InterruptedException {
        int allowed = allowed(chunk, stall.afterBytes());
        chunk.pass(0, allowed);
        if (allowed < chunk.length()) {
            now.stop();
            chunk.pass(allowed, chunk.length());
        }
        return Then.GO_ON;
    }

    private Then truncate(MatchedFault now, Fault.Truncate truncate, ReplyChunk chunk) throws IOException {
        int allowed = allowed(chunk, truncate.afterBytes());
        chunk.pass(0, allowed);
        return allowed < chunk.length() ? end(now, Then.CLOSE) : Then.GO_ON;
    }

    private Then duplicate(MatchedFault now, ReplyChunk chunk) throws IOException {
        if (!begun) {
            repeat.send(call);
            now.happens();
        }
        return goOn(chunk);
    }

    private static Then answer(MatchedFault now, Fault.AnswerAfterForwarding answer, ReplyChunk chunk)
            throws IOException {
        chunk.instead(HttpReplyBytes.bytes(answer.reply()));
        return end(now, Then.CLOSE);
    }

    /** Up to where the chunk may pass when so many bytes behind the head may. */
    private int allowed(ReplyChunk chunk, int afterBytes) {
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
