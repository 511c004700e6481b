package dev.bes.orchestrator.web.security;

import java.util.stream.Stream;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * What monitoring may read without a login, and nothing else: health and metrics at its own port. Who reaches the port is decided by its
 * address, which is loopback unless {@code management.server.address} says otherwise. Without such a port callers who sign in
 * share one with monitoring. There metrics are shown to nobody, since they name all definitions.
 */
@Configuration(proxyBeanMethods = false)
class MonitoringPortSecurity {
    private static final String[] HEALTH = {"/actuator/health", "/actuator/health/**"};
    private static final String METRICS = "/actuator/prometheus";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
    SecurityFilterChain monitoring(HttpSecurity http, Environment environment) {
        // the port is known once its server has started, before which nobody calls
        RequestMatcher arrivedThere = request -> Integer.valueOf(request.getLocalPort())
                .equals(environment.getProperty("local.management.port", Integer.class));
        return readable(
                http.securityMatcher(arrivedThere),
                Stream.concat(Stream.of(HEALTH), Stream.of(METRICS)).toArray(String[]::new));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnManagementPort(ManagementPortType.SAME)
    @ConditionalOnProperty(name = "orchestrator.security.mode", havingValue = "login", matchIfMissing = true)
    SecurityFilterChain healthOnly(HttpSecurity http) {
        return readable(http.securityMatcher("/actuator", "/actuator/**"), HEALTH);
    }

    private static SecurityFilterChain readable(HttpSecurity http, String... paths) {
        return http.headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, paths)
                        .permitAll()
                        .requestMatchers("/error")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }
}
