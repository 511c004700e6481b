package dev.bes.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler.Abstract;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a request off the wire, has it handled, and sends the reply. */
final class JettyHandler extends Abstract {

    private static final Logger log = LoggerFactory.getLogger(JettyHandler.class);

    private final Handler handler;

    JettyHandler(Handler handler) {
        this.handler = handler;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request wire, Response response, Callback callback) {
        wire.addHttpStreamWrapper(ReasonPhrases::new);
        Request request;
        try {
            request = RequestReader.read(wire);
        } catch (HttpException.RuntimeException e) {
            Response.writeError(wire, response, callback, e.getCode(), e.getReason());
            return true;
        } catch (IOException e) {
            Response.writeError(
                    wire,
                    response,
                    callback,
                    HttpStatus.BAD_REQUEST_400,
                    "the body ends too early, or its chunks are not well-formed");
            return true;
        }
        Reply reply = reply(request);
        if (reply.isLost()) {
            wire.getConnectionMetaData().getConnection().getEndPoint().close();
            callback.failed(new EofException("the answer is lost"));
        } else {
            send(reply, response, callback);
        }
        return true;
    }

    private Reply reply(Request request) {
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), request.path(), e);
            return new Reply(HttpStatus.INTERNAL_SERVER_ERROR_500, Map.of(), "");
        }
    }

    private static void send(Reply reply, Response response, Callback callback) {
        byte[] body = reply.body().getBytes(UTF_8);
        response.setStatus(reply.status());
        if (!HttpStatus.hasNoBody(reply.status())) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        reply.headers().forEach(response.getHeaders()::put);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
