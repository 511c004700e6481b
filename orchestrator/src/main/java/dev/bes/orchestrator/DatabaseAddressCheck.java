package dev.bes.orchestrator;

import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Refuses an address of the database with a user in it, before the driver takes password and all for a host to report on. */
final class DatabaseAddressCheck implements BeanFactoryPostProcessor {
    private static final String PROPERTY = "spring.datasource.url";
    private static final Pattern USER = Pattern.compile("//[^/?]*@");

    private final Environment environment;

    DatabaseAddressCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (USER.matcher(environment.getProperty(PROPERTY, "")).find()) {
            throw new IllegalArgumentException(
                    PROPERTY + " holds a user before its host; give spring.datasource.username and .password instead");
        }
    }
}
