package dev.bes.testbench.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Forwards the reply to one call, changed by a fault if one matches. */
final class ReplyForwarder {

    /** How the connection continues after a chunk. */
    enum Outcome {
        CONTINUE,
        CLOSE,
        RESET,
        DISCARD
    }

    private final Call call;
    private final FaultList faults;
    private final Repeat repeat;
    private final ReplyHeadScanner head;
    private @Nullable MatchedFault matched;
    private boolean begun;
    private int passed;

    /** @param repeat sends a call to the target again */
    ReplyForwarder(Call call, @Nullable MatchedFault matched, FaultList faults, Repeat repeat) {
        this.call = call;
        this.matched = matched;
        this.faults = faults;
        this.repeat = repeat;
        this.head = new ReplyHeadScanner(call instanceof Call.Http);
    }

    /** Forwards a chunk of the reply to the client, as the fault allows. */
    Outcome pass(ReplyChunk chunk) throws IOException, InterruptedException {
        MatchedFault now = matched != null ? matched : faults.onReplyTo(call);
        matched = now;
        Outcome then = now == null || now.isCleared() ? passOn(chunk) : applyFault(now, chunk);
        begun = true;
        return then;
    }

    private Outcome applyFault(MatchedFault now, ReplyChunk chunk) throws IOException, InterruptedException {
        return switch (now.fault()) {
            case CallFault.Delay delay -> delay(now, delay, chunk);
            case CallFault.Drip drip -> drip(now, drip, chunk);
            case CallFault.Stall stall -> stall(now, stall, chunk);
            case CallFault.Truncate truncate -> truncate(now, truncate, chunk);
            case CallFault.Duplicate _ -> duplicate(now, chunk);
            case CallFault.AnswerAfterForwarding answer -> answer(now, answer, chunk);
            case CallFault.ResetAfterForwarding _ -> end(now, Outcome.RESET);
            case CallFault.BlackHole _ -> end(now, Outcome.DISCARD);
            case CallFault.ResetBeforeForwarding _, CallFault.AnswerWithoutForwarding _ ->
                throw new IllegalStateException("The call was not forwarded");
        };
    }

    private static Outcome passOn(ReplyChunk chunk) throws IOException {
        chunk.pass(0, chunk.length());
        return Outcome.CONTINUE;
    }

    private static Outcome end(MatchedFault now, Outcome then) {
        now.count();
        return then;
    }

    private static Outcome delay(MatchedFault now, CallFault.Delay delay, ReplyChunk chunk)
            throws IOException, InterruptedException {
        now.pause(delay.each());
        return passOn(chunk);
    }

    private Outcome drip(MatchedFault now, CallFault.Drip drip, ReplyChunk chunk)
            throws IOException, InterruptedException {
        int start = head.in(chunk);
        chunk.pass(0, start);
        for (int at = start; at < chunk.length(); at++) {
            now.pause(drip.interval());
            chunk.pass(at, at + 1);
        }
        return Outcome.CONTINUE;
    }

    private Outcome stall(MatchedFault now, CallFault.Stall stall, ReplyChunk chunk)
            throws IOException, InterruptedException {
        int allowed = allowed(chunk, stall.afterBytes());
        chunk.pass(0, allowed);
        if (allowed < chunk.length()) {
            now.stop();
            chunk.pass(allowed, chunk.length());
        }
        return Outcome.CONTINUE;
    }

    private Outcome truncate(MatchedFault now, CallFault.Truncate truncate, ReplyChunk chunk) throws IOException {
        int allowed = allowed(chunk, truncate.afterBytes());
        chunk.pass(0, allowed);
        return allowed < chunk.length() ? end(now, Outcome.CLOSE) : Outcome.CONTINUE;
    }

    private Outcome duplicate(MatchedFault now, ReplyChunk chunk) throws IOException {
        if (!begun) {
            repeat.send(call);
            now.count();
        }
        return passOn(chunk);
    }

    private static Outcome answer(MatchedFault now, CallFault.AnswerAfterForwarding answer, ReplyChunk chunk)
            throws IOException {
        chunk.instead(HttpReplyBytes.bytes(answer.reply()));
        return end(now, Outcome.CLOSE);
    }

    /** The bytes of the chunk to forward, if this number of bytes after the head may pass. */
    private int allowed(ReplyChunk chunk, int afterBytes) {
        int start = head.in(chunk);
        int body = Math.min(chunk.length() - start, afterBytes - passed);
        passed += body;
        return start + body;
    }

    /** Sends a call to the target again. */
    interface Repeat {

        /** Returns when the target has begun to reply. */
        void send(Call call) throws IOException;
    }
}
