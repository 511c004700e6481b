package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;

/** The log of the service, as it is configured. */
@ExtendWith(OutputCaptureExtension.class)
class VisibleLogTests {
    private static final String FORGED = "2026-01-01T00:00:00.000Z  INFO 1 --- [main] d.b.o.Runs : run 7 was cancelled";

    @TempDir
    Path folder;

    /** What a fresh service writes for the lines that a logger is given. */
    private interface Talk {
        void on(Logger log) throws IOException;
    }

    private static void log(String name, String file, Talk talk) throws JoranException, IOException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter((LogbackMDCAdapter) MDC.getMDCAdapter());
        context.putProperty("LOG_CORRELATION_PATTERN", correlation());
        context.putProperty("APPLICATION_NAME", "orchestrator");
        if (!file.isEmpty()) {
            context.putProperty("LOG_FILE", file);
        }
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(VisibleLogTests.class.getResource("/logback-spring.xml")));
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .filteredOn(status -> status.getLevel() >= Status.WARN)
                .isEmpty();
        talk.on(context.getLogger(name));
        context.stop();
    }

    /** As the service is shipped. */
    private static String correlation() {
        YamlPropertiesFactoryBean settings = new YamlPropertiesFactoryBean();
        settings.setResources(new ClassPathResource("application.yml"));
        return Objects.requireNonNull(settings.getObject()).getProperty("logging.pattern.correlation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u0085", "\u2028", "\u000B", "\u001B[2K\u001B[1G"})
    void givesNoNameALineOfItsOwn(String end, CapturedOutput output) throws JoranException, IOException {
        String name = "a.csv" + end + FORGED;

        log("dev.bes", "", log -> {
            log.warn("{}: left lying", name);
            log.warn("Taken: " + name);
            log.warn("Trouble", new IOException(name, new IllegalStateException(name)));
        });

        assertThat(output.getOut())
                .contains("a.csv⟨U+", FORGED)
                .doesNotContainPattern("(?:^|\\R|\\x1B\\[1G)" + FORGED.substring(0, 10) + "T00");
        assertThat(output.getOut().replace("\n", "")).doesNotContainPattern("\\p{Cntrl}(?<!\t)|[\u0085\u2028]");
    }

    @Test
    void showsRightToLeftOverridesByTheirCodePoint(CapturedOutput output) throws JoranException, IOException {
        log("dev.bes", "", log -> log.warn("{} left lying", "a\u202Evsc.exe\u200B"));

        assertThat(output.getOut()).contains("a⟨U+202E⟩vsc.exe⟨U+200B⟩ left lying");
    }

    @Test
    void keepsStackTracesAndReportsOnTheirLines(CapturedOutput output) throws JoranException, IOException {
        log("org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter", "", log -> {
            log.error("\n\nDescription:\n\nwrong");
            log.error("Trouble", new IllegalStateException("outer", new IOException("inner")));
        });

        assertThat(output.getOut())
                .contains("\nDescription:\n\nwrong\n")
                .containsPattern("\njava.lang.IllegalStateException: outer\n\tat ")
                .containsPattern("\nCaused by: java.io.IOException: inner\n");
    }

    @Test
    void appliesToTheLogFileToo() throws JoranException, IOException {
        Path file = folder.resolve("service.log");

        log("dev.bes", file.toString(), log -> log.warn("{} left lying", "a\nb"));

        assertThat(Files.readString(file)).contains("a⟨U+000A⟩b left lying");
    }

    @Test
    void tellsMoreOfOneRunOnly(CapturedOutput output) throws JoranException, IOException {
        log("dev.bes.orchestrator", "", log -> {
            log.getLoggerContext().getLogger("run.7").setLevel(Level.DEBUG);
            for (String run : List.of("7", "8")) {
                try (MDC.MDCCloseable _ = MDC.putCloseable("run", run)) {
                    log.debug("Debug of {}", run);
                    log.trace("Trace of {}", run);
                    log.getLoggerContext().getLogger("com.azure").debug("Others of {}", run);
                    log.warn("Warning of {}", run);
                }
            }
            log.debug("Debug of no run");
            log.warn("Warning of no run");
        });

        assertThat(output.getOut())
                .containsPattern("\\[run 7] dev\\.bes\\S* +: Debug of 7")
                .containsPattern("\\[run 8] dev\\.bes\\S* +: Warning of 8")
                .contains("Warning of 7")
                .doesNotContain("Debug of 8", "Debug of no run", "[run ] ", "Trace of", "Others of");
    }
}
