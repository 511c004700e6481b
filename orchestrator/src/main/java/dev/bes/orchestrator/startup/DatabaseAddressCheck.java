package dev.bes.orchestrator.startup;

import java.util.regex.Pattern;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** Refuses a database address with a user in it: the driver would report user and password as an unknown host. */
public final class DatabaseAddressCheck implements BeanFactoryPostProcessor {
    private static final String PROPERTY = "spring.datasource.url";
    private static final Pattern USER = Pattern.compile("//[^/?]*@");

    private final Environment environment;

    public DatabaseAddressCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        if (USER.matcher(environment.getProperty(PROPERTY, "")).find()) {
            throw new IllegalArgumentException(PROPERTY
                    + " contains a user; set spring.datasource.username and spring.datasource.password instead");
        }
    }
}
