package dev.bes.orchestrator.trigger;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Settings of the triggers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TriggerSettings.class)
class TriggerConfiguration {}
