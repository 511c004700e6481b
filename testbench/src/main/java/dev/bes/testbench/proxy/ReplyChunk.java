package dev.bes.testbench.proxy;

import java.io.IOException;
import java.io.OutputStream;

/** Some bytes of a reply, and its client. */
final class ReplyChunk {

    private final byte[] bytes;
    private final int length;
    private final OutputStream client;

    ReplyChunk(byte[] bytes, int length, OutputStream client) {
        this.bytes = bytes;
        this.length = length;
        this.client = client;
    }

    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    void pass(int from, int to) throws IOException {
        client.write(bytes, from, to - from);
    }

    void instead(byte[] others) throws IOException {
        client.write(others);
    }
}
