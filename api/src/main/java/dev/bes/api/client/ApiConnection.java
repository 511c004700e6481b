package dev.bes.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpRequest;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.util.DefaultUriBuilderFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes calls, and turns every failure into an {@link ApiException}. */
final class ApiConnection {
    /** Well over the largest answer there is: a run with 500 scorings and 1,000 moves. */
    static final int MOST_JSON_BYTES = 32 * 1024 * 1024;

    /** Enough for every problem; the rest of a longer answer is dropped. */
    private static final int MOST_REFUSAL_BYTES = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    private ApiConnection() {}

    /**
     * A client for calls to a service.
     *
     * @param timeout how long a call may take, up to the last byte of its answer
     * @param key an API key that each call carries; null for none
     */
    static RestClient rest(URI url, HttpClient http, Duration timeout, @Nullable String key) {
        JdkClientHttpRequestFactory calls = new JdkClientHttpRequestFactory(http, Thread::startVirtualThread);
        calls.setReadTimeout(timeout);
        return RestClient.builder()
                .baseUrl(url)
                .requestFactory(calls)
                .defaultHeaders(headers -> {
                    if (key != null) {
                        headers.setBearerAuth(key);
                    }
                })
                .configureMessageConverters(
                        converters -> converters.registerDefaults().withJsonConverter(new BoundedJson()))
                .defaultStatusHandler(status -> !status.is2xxSuccessful(), (request, answer) -> refuse(request, answer))
                .build();
    }

    /** The calls of the interface, over that client. */
    static OrchestratorApi api(RestClient rest) {
        return HttpServiceProxyFactory.builderFor(new Translating(rest)).build().createClient(OrchestratorApi.class);
    }

    /**
     * Makes a call.
     *
     * @param name what is called, for messages
     * @throws ApiException when it does not succeed
     */
    static <T> T call(String name, Supplier<@Nullable T> call) {
        T answer;
        try {
            answer = call.get();
        } catch (RestClientException e) {
            throw ApiException.unclear(name, why(e), e);
        }
        if (answer == null) {
            throw ApiException.unclear(name, "the answer is empty", null);
        }
        return answer;
    }

    private static String why(RestClientException e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        return cause.getMessage() == null || cause instanceof IOException ? cause.toString() : cause.getMessage();
    }

    /**
     * Checks an answer that is read as it comes.
     *
     * @throws ApiException when its status is not of the 200s
     */
    static void require(HttpRequest request, ClientHttpResponse answer) throws IOException {
        if (!answer.getStatusCode().is2xxSuccessful()) {
            refuse(request, answer);
        }
    }

    private static void refuse(HttpRequest request, ClientHttpResponse answer) throws IOException {
        byte[] body = answer.getBody().readNBytes(MOST_REFUSAL_BYTES);
        throw ApiException.refused(
                request.getMethod() + " " + request.getURI(),
                answer.getStatusCode().value(),
                new String(body, UTF_8).strip(),
                problem(body),
                retryAfter(answer.getHeaders()));
    }

    private static @Nullable ProblemDetail problem(byte[] body) {
        try {
            ProblemDetail problem = JSON.readValue(body, ProblemDetail.class);
            return problem == null || problem.getStatus() == 0 ? null : problem;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        String seconds = headers.getFirst(HttpHeaders.RETRY_AFTER);
        return seconds != null && seconds.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    /** Turns every exception of the interface into an ApiException. */
    private static final class Translating extends HttpExchangeAdapterDecorator {
        Translating(RestClient rest) {
            super(RestClientAdapter.create(rest));
        }

        @Override
        public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> type) {
            return call(name(values), () -> super.exchangeForBody(values, type));
        }

        @Override
        public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues values, ParameterizedTypeReference<T> type) {
            ResponseEntity<T> answer = call(name(values), () -> super.exchangeForEntity(values, type));
            call(name(values), answer::getBody);
            return answer;
        }

        private static String name(HttpRequestValues values) {
            String template = String.valueOf(values.getUriTemplate());
            return values.getHttpMethod() + " "
                    + new DefaultUriBuilderFactory().expand(template, values.getUriVariables());
        }
    }

    /** Reads JSON up to a limit, so that a wrong server can't fill the memory of the caller. */
    private static final class BoundedJson extends JacksonJsonHttpMessageConverter {
        BoundedJson() {
            super(JSON);
        }

        @Override
        public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
                throws IOException {
            return super.read(type, new Bounded(message.getHeaders(), new BoundedStream(message.getBody())), hints);
        }
    }

    private record Bounded(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {}

    private static final class BoundedStream extends FilterInputStream {
        private long left = MOST_JSON_BYTES;

        BoundedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(read);
            return read;
        }

        private void count(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("the answer has more than %,d bytes".formatted(MOST_JSON_BYTES));
            }
        }
    }
}
