package dev.bes.testbench.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Reply;
import java.io.ByteArrayOutputStream;

/** The bytes of HTTP replies that the proxy itself sends. It closes the connection after them. */
final class HttpReplyBytes {

    private HttpReplyBytes() {}

    static byte[] bytes(Reply reply) {
        byte[] body = reply.body().getBytes(UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Injected\r\nConnection: close\r\n");
        if (reply.status() != 204) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
