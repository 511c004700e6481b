package dev.bes.orchestrator.web.guard;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which hosts the service answers for, which proxies it believes, and how many requests it serves at a time.
 *
 * @param hosts names and addresses, other than this machine's loopback, by which callers may name this service
 * @param trustedProxies addresses and networks of proxies whose {@code X-Forwarded-*} or {@code Forwarded} is believed
 * @param maxConcurrentRequests limit of concurrent requests without a body, and of those with a small body
 * @param maxStreams limit of open streams of events, and of requests that wait for the end of their run
 * @param maxConcurrentTransfers limit of concurrent uploads, and of concurrent downloads
 */
@ConfigurationProperties("orchestrator.web")
public record WebSettings(
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("64") int maxConcurrentRequests,
        @DefaultValue("200") int maxStreams,
        @DefaultValue("32") int maxConcurrentTransfers) {

    public WebSettings {
        for (String host : hosts) {
            if (!AllowedHosts.isHost(host)) {
                throw new IllegalArgumentException("orchestrator.web.hosts holds '" + host
                        + "', which is not a host: list names and addresses such as orchestrator.example, without"
                        + " scheme, port and wildcards");
            }
        }
        new TrustedProxies(trustedProxies);
        if (maxStreams < 1) {
            throw new IllegalArgumentException("orchestrator.web.max-streams must be at least 1");
        }
        if (maxConcurrentRequests < 1 || maxConcurrentTransfers < 1) {
            throw new IllegalArgumentException(
                    "orchestrator.web.max-concurrent-requests and .max-concurrent-transfers must be at least 1");
        }
    }
}
