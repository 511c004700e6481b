package dev.bes.orchestrator.web;

import dev.bes.orchestrator.trigger.request.UploadTempFolder;
import dev.bes.orchestrator.web.api.DeliveryFolder;
import dev.bes.orchestrator.web.guard.RequestPrecheck;
import dev.bes.orchestrator.web.guard.WebSettings;
import dev.bes.orchestrator.web.problem.ServerErrorValve;
import jakarta.servlet.MultipartConfigElement;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Configures Spring MVC, Jackson and Tomcat. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DeliveryFolder.class, WebSettings.class})
class WebConfiguration {

    /** Checks requests before any handler writes. */
    @Bean
    WebMvcConfigurer requestPrecheck() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RequestPrecheck());
            }
        };
    }

    /** Lets also filters know the current request, after the proxies have been heard. */
    @Bean
    OrderedRequestContextFilter requestContextFilter() {
        OrderedRequestContextFilter filter = new OrderedRequestContextFilter();
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }

    /** Refuses JSON with unknown or repeated keys, and with numbers where texts are expected. */
    @Bean
    JsonMapperBuilderCustomizer strictRequests() {
        return builder -> builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // numbers in rows are scored as they were written
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    /** Stores uploads in a folder that is purged, never in memory. */
    @Bean
    MultipartConfigElement multipartConfigElement(MultipartProperties properties, UploadTempFolder uploadTemp) {
        if (properties.getLocation() == null) {
            properties.setLocation(uploadTemp.path().toString());
        }
        return properties.createMultipartConfig();
    }

    /** Added after the valve of Spring Boot, so that it runs first. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverProblems(JsonMapper json) {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ServerErrorValve(json)));
    }

    /** Puts Tomcat's folders beside the uploads; Tomcat chooses its own if that folder does not exist. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverFolders(
            UploadTempFolder uploadTemp, @Value("${server.tomcat.basedir:}") String configured) {
        return server -> {
            if (!Files.isDirectory(uploadTemp.path())) {
                return;
            }
            if (configured.isEmpty()) {
                server.setBaseDirectory(folder(uploadTemp, "tomcat"));
            }
            server.setDocumentRoot(folder(uploadTemp, "empty"));
        };
    }

    private static File folder(UploadTempFolder uploadTemp, String name) {
        try {
            return Files.createDirectories(uploadTemp.path().resolve(name)).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't write to the folder orchestrator.trigger.upload-temp", e);
        }
    }
}
