package dev.bes.orchestrator.node.file;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** What this process does with files, and how long that may take. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FileSettings.class)
class FileConfiguration {
    @Bean
    FileOperations fileWork(FileSettings settings) {
        return new FileOperations(System::nanoTime, settings.stuckTimeout());
    }

    /** For what looks into drop folders again and again: a thread of the system, which may hang. */
    @Bean(defaultCandidate = false)
    TaskScheduler dropFolderScheduler() {
        return ofOne("drop-folders-");
    }

    /** For what clears up: a thread of the system, which may hang. */
    @Bean(defaultCandidate = false)
    TaskScheduler purgeScheduler() {
        return ofOne("purge-");
    }

    private static TaskScheduler ofOne(String name) {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix(name);
        scheduler.setDaemon(true);
        return scheduler;
    }
}
