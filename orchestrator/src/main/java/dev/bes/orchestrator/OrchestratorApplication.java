package dev.bes.orchestrator;

import dev.bes.orchestrator.trigger.QuartzCron;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine;

/** The service; with the argument {@code validate} it only checks definitions. */
@SpringBootApplication
public class OrchestratorApplication {

    /** Starts the service, or checks definitions and ends. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("validate")) {
            String[] rest = Arrays.copyOfRange(args, 1, args.length);
            System.exit(
                    new CommandLine(new ValidateCommand(OrchestratorApplication::configuredEndpoints, new QuartzCron()))
                            .execute(rest));
        }
        SpringApplication.run(OrchestratorApplication.class, args);
    }

    /** The names of the endpoints in the configuration, read without starting anything. */
    private static Set<String> configuredEndpoints() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(NothingButConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run()) {
            return Binder.get(context.getEnvironment())
                    .bind("orchestrator.endpoints", Bindable.mapOf(String.class, Object.class))
                    .orElse(Map.of())
                    .keySet();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NothingButConfiguration {}
}
