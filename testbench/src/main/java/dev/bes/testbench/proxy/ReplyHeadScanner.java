package dev.bes.testbench.proxy;

/** Finds where the head of an HTTP reply ends. */
final class ReplyHeadScanner {

    private static final String END = "\r\n\r\n";

    private int seen;

    /** @param any whether the reply has a head */
    ReplyHeadScanner(boolean any) {
        seen = any ? 0 : END.length();
    }

    /** The bytes of the next chunk that belong to the head. */
    int in(ReplyChunk chunk) {
        int at = 0;
        for (; at < chunk.length() && seen < END.length(); at++) {
            boolean goesOn = chunk.at(at) == END.charAt(seen);
            seen = goesOn ? seen + 1 : chunk.at(at) == END.charAt(0) ? 1 : 0;
        }
        return at;
    }
}
