package dev.bes.orchestrator.trigger;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Registers the settings of the triggers, and their threads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TriggerSettings.class, RequestSettings.class})
class TriggerConfiguration {

    /** For what lists containers of blob stores again and again: a call may take minutes. */
    @Bean(defaultCandidate = false)
    TaskScheduler containerScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("containers-");
        scheduler.setDaemon(true);
        return scheduler;
    }
}
