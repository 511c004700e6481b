package dev.bes.orchestrator.trigger;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Registers the settings of the triggers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TriggerSettings.class)
class TriggerConfiguration {}
