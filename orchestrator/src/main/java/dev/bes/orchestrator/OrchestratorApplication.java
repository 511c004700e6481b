package dev.bes.orchestrator;

import dev.bes.orchestrator.trigger.schedule.QuartzCronValidator;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine;

/** The service; with the argument {@code validate} it only checks definitions. */
@SpringBootApplication
public class OrchestratorApplication {
    /** Matches a setting on the command line, such as {@code --orchestrator.definitions=folder}. */
    private static final Pattern SETTING = Pattern.compile("--[a-z]+[.][^=]+=.*", Pattern.DOTALL);

    /** Starts the service, or checks definitions and ends. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("validate")) {
            List<String> rest = Arrays.asList(args).subList(1, args.length);
            String[] properties =
                    rest.stream().filter(SETTING.asMatchPredicate()).toArray(String[]::new);
            String[] others =
                    rest.stream().filter(SETTING.asMatchPredicate().negate()).toArray(String[]::new);
            System.exit(new CommandLine(new ValidateCommand(() -> configured(properties), new QuartzCronValidator()))
                    .execute(others));
        }
        SpringApplication.run(OrchestratorApplication.class, args);
    }

    /** Reads the configuration without starting the service. */
    private static Settings configured(String[] properties) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ConfigurationOnly.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(properties)) {
            return Settings.of(context.getEnvironment());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ConfigurationOnly {}
}
