package dev.bes.orchestrator.startup;

import dev.bes.orchestrator.remote.InvalidSetting;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the setting that prevents a start, instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class InvalidSettingAnalyzer extends AbstractFailureAnalyzer<InvalidSetting> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSetting cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Correct the setting and start again; see docs/configuration.md.",
                cause);
    }
}
