package dev.bes.orchestrator.callback;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the settings of callbacks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CallbackSettings.class)
class CallbackConfiguration {

    @Bean
    CallbackClient callbackClient(CallbackSettings settings) throws NoSuchAlgorithmException {
        return new CallbackClient(SSLContext.getDefault().getSocketFactory(), settings.timeout());
    }
}
