package dev.bes.orchestrator.web.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
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
 * What the port for monitoring answers without a login: health and metrics, to be read only. Who reaches the port is decided by its
 * address, which is loopback unless {@code management.server.address} says otherwise.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class MonitoringPortSecurity {
    private static final String[] READABLE = {"/actuator/health", "/actuator/health/**", "/actuator/prometheus"};

    private final Environment environment;

    MonitoringPortSecurity(Environment environment) {
        this.environment = environment;
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain monitoring(HttpSecurity http) {
        RequestMatcher arrived = this::arrivedAtTheMonitoringPort;
        return http.securityMatcher(arrived)
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, READABLE)
                        .permitAll()
                        .requestMatchers("/error")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** The port is known once its server has started, before which nobody calls. */
    private boolean arrivedAtTheMonitoringPort(HttpServletRequest request) {
        return Integer.valueOf(request.getLocalPort())
                .equals(environment.getProperty("local.management.port", Integer.class));
    }
}
