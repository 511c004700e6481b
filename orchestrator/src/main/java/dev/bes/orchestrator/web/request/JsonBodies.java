package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Reads and checks bodies before they are parsed: each is small, and JSON is UTF-8. Source: RFC 8259, section 8.1. */
@ControllerAdvice
final class JsonBodies extends RequestBodyAdviceAdapter {
    /** Enough for all parameters, however they are escaped. */
    static final int MAX_BYTES = 256 * 1024;

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        byte[] body = message.getHeaders().getContentLength() > MAX_BYTES
                ? new byte[MAX_BYTES + 1]
                : message.getBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw new ProblemException(
                    ProblemKind.TOO_LARGE,
                    "The body has more than %,d bytes; send large content as a file of a form".formatted(MAX_BYTES));
        }
        MediaType sent = message.getHeaders().getContentType();
        if (MediaType.APPLICATION_JSON.isCompatibleWith(sent)) {
            Charset charset = sent == null ? null : sent.getCharset();
            if (charset != null
                    && !charset.equals(StandardCharsets.UTF_8)
                    && !charset.equals(StandardCharsets.US_ASCII)) {
                throw new ProblemException(
                        ProblemKind.UNSUPPORTED_TYPE, "JSON must be in UTF-8, not in " + charset.name());
            }
            checkText(body);
        }
        return new Read(message.getHeaders(), new ByteArrayInputStream(body));
    }

    private record Read(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {}

    /** Refuses NUL: in UTF-16 every second byte is NUL, and the parser would guess the charset. */
    private static void checkText(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(body.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(body), text, true);
        text.flip();
        String read = text.toString();
        int nul = read.indexOf('\0');
        if (nul >= 0 || result.isError()) {
            throw notUtf8(nul >= 0 ? read.substring(0, nul) : read);
        }
    }

    private static ProblemException notUtf8(String before) {
        int lineStart = before.lastIndexOf('\n') + 1;
        long line = before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.codePointCount(lineStart, before.length()) + 1;
        ProblemDetail problem = ProblemKind.MALFORMED_JSON.detail(
                "Line %d, column %d: not UTF-8; save or send the JSON in UTF-8".formatted(line, column));
        problem.setProperty("line", line);
        problem.setProperty("column", column);
        return new ProblemException(problem);
    }
}
