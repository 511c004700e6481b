package dev.bes.sandbox.http;

import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;

/** Writes the reason phrases of RFC 9110, section 15, where Jetty has others. */
final class ReasonPhrases extends HttpStream.Wrapper {

    private static final Map<Integer, String> STANDARD =
            Map.of(413, "Content Too Large", 422, "Unprocessable Content", 500, "Internal Server Error");

    ReasonPhrases(HttpStream stream) {
        super(stream);
    }

    @Override
    public void send(
            MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        super.send(request, named(response), last, content, callback);
    }

    private static MetaData.Response named(MetaData.Response response) {
        String reason = response == null ? null : STANDARD.get(response.getStatus());
        return reason == null
                ? response
                : new MetaData.Response(
                        response.getStatus(),
                        reason,
                        response.getHttpVersion(),
                        response.getHttpFields(),
                        response.getContentLength(),
                        response.getTrailersSupplier());
    }
}
