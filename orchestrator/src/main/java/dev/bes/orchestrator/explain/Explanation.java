package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.text.VisibleText;
import java.util.List;

/**
 * Why something did, or did not, run.
 *
 * @param subject what was asked about, in words
 * @param causes what explains it, the most important first; at least one
 */
public record Explanation(String subject, List<Cause> causes) {
    private static final int MOST = 50;

    /** Keeps the first 50 causes. */
    public Explanation {
        subject = VisibleText.of(subject);
        causes = causes.stream().distinct().limit(MOST).toList();
        if (causes.isEmpty()) {
            throw new IllegalArgumentException("Nothing explains " + subject);
        }
    }

    /** The answer in one sentence. */
    public String answer() {
        return causes.getFirst().text();
    }
}
