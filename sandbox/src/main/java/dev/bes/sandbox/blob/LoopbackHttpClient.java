package dev.bes.sandbox.blob;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * The only way from the sandbox to a blob store. It sends nothing to a host that is not a literal address of the
 * loopback interface, follows no redirect and takes no proxy, whatever the environment says.
 */
final class LoopbackHttpClient implements HttpClient {

    private final HttpClient next = new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder()
                    .proxy(java.net.http.HttpClient.Builder.NO_PROXY)
                    .followRedirects(Redirect.NEVER))
            .configuration(Configuration.NONE)
            .connectionTimeout(Duration.ofSeconds(10))
            .build();

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.defer(() -> next.send(checked(request)));
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.defer(() -> next.send(checked(request), context));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        return next.sendSync(checked(request), context);
    }

    private static HttpRequest checked(HttpRequest request) {
        String host = request.getUrl().getHost();
        if (!Loopback.literal(host).equals(Optional.of(host))) {
            throw new UnreachableStore(host);
        }
        return request;
    }
}
