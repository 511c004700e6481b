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
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** How the web side reads and writes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DeliveryFolder.class, WebSettings.class})
class WebConfiguration {

    /** Nothing is written for a request that can't be answered. */
    @Bean
    WebMvcConfigurer writingGate() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RequestPrecheck());
            }
        };
    }

    /** A request that we only half understand is refused, not half obeyed. */
    @Bean
    JsonMapperBuilderCustomizer strictRequests() {
        return builder -> builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    /** Files of requests arrive in a folder of our own, which is purged; they are never held in memory. */
    @Bean
    MultipartConfigElement multipartConfigElement(MultipartProperties properties, UploadTempFolder uploadTemp) {
        if (properties.getLocation() == null) {
            properties.setLocation(uploadTemp.path().toString());
        }
        return properties.createMultipartConfig();
    }

    /** Behind the one that Spring Boot adds, so that it is asked first. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> serverProblems(JsonMapper json) {
        return server -> server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ServerErrorValve(json)));
    }

    /** Tomcat's folders go the same way; where ours could not be made, it has some of its own. */
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
            throw new UncheckedIOException("The folder of orchestrator.trigger.uploads can't be written", e);
        }
    }
}
