package dev.bes.sandbox.portal.developer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationParameter;
import dev.bes.sandbox.managedapi.OperationParameter.In;
import dev.bes.sandbox.samples.SampleCall;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the calls of the forms. A call goes to the handler of the managed API in this process and nowhere else, so it is
 * counted, limited and recorded like any other.
 */
final class TryIt {

    private final ManagedApi api;
    private final URI base;
    private final Handler managed;
    private final Visitors visitors;

    /**
     * @param base the address of the API with its suffix
     * @param managed answers the calls to the port of the managed API
     */
    TryIt(ManagedApi api, URI base, Handler managed, Visitors visitors) {
        this.api = api;
        this.base = base;
        this.managed = managed;
        this.visitors = visitors;
    }

    /**
     * The call that a form describes.
     *
     * @throws TryItMistake when it describes none
     */
    SampleCall call(Operation operation, TryItForm form) throws TryItMistake {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!form.sid().isEmpty()) {
            headers.put(api.keyHeader(), key(form));
        }
        HeaderLines.add(form.headers(), headers);
        try {
            return new SampleCall(operation.method(), url(operation, form), headers, form.body());
        } catch (IllegalArgumentException e) {
            throw new TryItMistake(e.getMessage() + ".");
        }
    }

    /** Makes a call and waits for its answer. */
    TryItAnswer send(Operation operation, TryItForm form, SampleCall call) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Host", List.of(base.getAuthority()));
        call.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        Map<String, String> query = new LinkedHashMap<>();
        operation.parameters().stream()
                .filter(it -> it.in() == In.QUERY && !value(form, it).isEmpty())
                .forEach(it -> query.put(it.name(), value(form, it)));
        Request request = new Request(
                base.getScheme(),
                call.method(),
                call.url().getRawPath(),
                query,
                HttpHeaders.of(headers, (name, value) -> true),
                call.body());
        long began = System.nanoTime();
        Reply reply = managed.handle(request);
        return TryItAnswer.of(call.method(), call.url().toString(), reply, System.nanoTime() - began);
    }

    private String key(TryItForm form) throws TryItMistake {
        return visitors.subscription(form.userId(), form.sid())
                .orElseThrow(() ->
                        new TryItMistake("The user has no such active subscription, or no longer. Choose another one."))
                .primaryKey();
    }

    private URI url(Operation operation, TryItForm form) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        for (OperationParameter parameter : TryItForm.parameters(operation)) {
            String value = encoded(value(form, parameter));
            if (parameter.in() == In.PATH) {
                path = path.replace("{" + parameter.name() + "}", value);
            } else if (!value.isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(encoded(parameter.name()))
                        .append('=')
                        .append(value);
            }
        }
        return URI.create(base + path + query);
    }

    private static String value(TryItForm form, OperationParameter parameter) {
        return form.values().getOrDefault(parameter.name(), "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
