package dev.bes.orchestrator.web.guard;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may call, and how many at a time.
 *
 * @param hosts names and addresses, other than this machine's loopback, by which callers may name this service
 * @param requestsAtOnce how many requests that ask are worked on at a time, and how many that send something
 * @param transfersAtOnce how many uploads are taken at a time, and how many downloads given
 */
@ConfigurationProperties("orchestrator.web")
public record WebSettings(
        @DefaultValue List<String> hosts,
        @DefaultValue("64") int requestsAtOnce,
        @DefaultValue("32") int transfersAtOnce) {

    public WebSettings {
        for (String host : hosts) {
            if (!AllowedHosts.isHost(host)) {
                throw new IllegalArgumentException("orchestrator.web.hosts holds '" + host
                        + "', which is no host: write names and addresses alone, such as orchestrator.example, without"
                        + " scheme, port and wildcards");
            }
        }
        if (requestsAtOnce < 1 || transfersAtOnce < 1) {
            throw new IllegalArgumentException(
                    "orchestrator.web.requests-at-once and .transfers-at-once have to be 1 at least");
        }
    }
}
