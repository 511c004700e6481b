package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures Spring Security. The headers of all answers, hosts and limits are the business of {@code web.guard}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration {

    /**
     * Mode {@code open}: the one chain for all requests.
     *
     * @throws InvalidConfigurationPropertyValueException if other machines reach the service
     */
    @Bean
    @ConditionalOnProperty(name = "orchestrator.security.mode", havingValue = "open")
    SecurityFilterChain everybody(HttpSecurity http, ServerProperties server) {
        requireLoopback(server.getAddress());
        return http.headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .anonymous(anybody -> anybody.principal(Access.ANONYMOUS)
                        .authorities(AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Spring Security measures none of its filters: that costs each request more than the filters do. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * Leaves the judgement of addresses and methods to Tomcat and Spring MVC, which name what is wrong. Only what they could
     * read in two ways is refused here: Spring Security's rules for paths.
     */
    @Bean
    HttpFirewall addresses() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        // '%25' in the name of an output is a percent sign
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    /** Asks each handler's caller for the role that it requires. */
    @Bean
    WebMvcConfigurer roles() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RoleInterceptor()).order(0);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CurrentAccess());
            }
        };
    }

    private static void requireLoopback(@Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new InvalidConfigurationPropertyValueException(
                    "orchestrator.security.mode",
                    "open",
                    "Without a login the service may listen on this machine only. Set server.address to 127.0.0.1, or"
                            + " orchestrator.security.mode to login.");
        }
    }
}
