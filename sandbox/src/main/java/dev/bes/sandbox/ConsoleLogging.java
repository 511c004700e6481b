package dev.bes.sandbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Logging of the command line. It is configured in code, since a file in the jar would override the settings of other programs. */
public final class ConsoleLogging {

    private ConsoleLogging() {}

    /** Logs warnings only, unless the property {@code logback.configurationFile} names a configuration. */
    public static void set() {
        if (System.getProperty("logback.configurationFile") == null) {
            level(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.WARN);
            // it warns at every upload that the JDK sets Content-Length itself
            level("com.azure.core.http.jdk.httpclient", Level.ERROR);
        }
    }

    private static void level(String logger, Level level) {
        ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
    }
}
