package dev.bes.orchestrator.web.security.session;

import dev.bes.orchestrator.database.DatabaseFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Configures Spring Session. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SessionConfiguration.class);

    @Bean
    CookieSerializer sessionCookie() {
        return Cookies.session();
    }

    @Bean
    CsrfTokenRepository csrfCookie() {
        return Cookies.csrf();
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> idleTime(SessionSettings settings) {
        return sessions -> sessions.setDefaultMaxInactiveInterval(settings.idle());
    }

    /**
     * What sessions hold is JSON of types that Spring Security lists, never serialized objects. An attribute that this version can't read is left
     * out.
     */
    @Bean
    ConversionService springSessionConversionService() {
        JsonMapper json = JsonMapper.builder()
                .addModules(SecurityJacksonModules.getModules(SessionConfiguration.class.getClassLoader()))
                .build();
        GenericConversionService conversion = new GenericConversionService();
        conversion.addConverter(Object.class, byte[].class, json::writeValueAsBytes);
        conversion.addConverter(byte[].class, Object.class, new Reader(json));
        return conversion;
    }

    private record Reader(JsonMapper json) implements Converter<byte[], @Nullable Object> {
        @Override
        public @Nullable Object convert(byte[] bytes) {
            try {
                return json.readValue(bytes, Object.class);
            } catch (JacksonException e) {
                LOG.debug("A session has an attribute that this version can't read", e);
                return null;
            }
        }
    }

    @Bean
    WebMvcConfigurer multipartCsrf() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new MultipartCsrf()).order(1);
            }
        };
    }

    /** Removes sessions that are over, and logs no outage of the database. */
    @Component
    static class Purge {
        private final JdbcIndexedSessionRepository sessions;

        Purge(JdbcIndexedSessionRepository sessions) {
            this.sessions = sessions;
        }

        @Scheduled(initialDelay = 60_000, fixedDelay = 300_000)
        void purge() {
            try {
                sessions.cleanUpExpiredSessions();
            } catch (DataAccessException | TransactionException e) {
                DatabaseFailure.warn(LOG, "Sessions that are over could not be removed", e);
            }
        }
    }
}
