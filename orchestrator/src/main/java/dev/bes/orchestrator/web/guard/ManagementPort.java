package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.web.problem.ProblemAnswer;
import java.net.InetAddress;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * The port for monitoring, which has a server of its own: the rules for hosts and the limits of the service hold there, too. It is
 * named in {@code ManagementContextConfiguration.imports}, and is no part of the service's own context.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ManagementPort {

    /** Binds the port to loopback unless {@code management.server.address} says otherwise. Spring Boot would bind it to all addresses. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableWebServerFactory> managementAddress(ManagementServerProperties properties) {
        return new LoopbackUnlessConfigured(properties);
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> managementHeaders(SecurityHeaders headers) {
        return ordered(headers, 0);
    }

    @Bean
    FilterRegistrationBean<HostFilter> managementHosts(HostFilter hosts) {
        return ordered(hosts, 1);
    }

    /** Counts by itself, so that callers of the service do not keep monitoring out. */
    @Bean
    FilterRegistrationBean<ConcurrencyLimits> managementLimits(
            WebSettings settings, ProblemAnswer answer, InstantSource clock) {
        return ordered(new ConcurrencyLimits(settings, answer, clock), 2);
    }

    private static <F extends jakarta.servlet.Filter> FilterRegistrationBean<F> ordered(F filter, int place) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + place);
        return registration;
    }

    private record LoopbackUnlessConfigured(ManagementServerProperties properties)
            implements WebServerFactoryCustomizer<ConfigurableWebServerFactory>, Ordered {

        @Override
        public void customize(ConfigurableWebServerFactory server) {
            if (properties.getAddress() == null) {
                server.setAddress(InetAddress.getLoopbackAddress());
            }
        }

        /** After Spring Boot's own. */
        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }
    }
}
