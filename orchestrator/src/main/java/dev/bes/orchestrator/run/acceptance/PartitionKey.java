package dev.bes.orchestrator.run.acceptance;

import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.definition.template.Templates;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key of the part of the data that a run is about. */
public final class PartitionKey {
    private static final int LONGEST = 200;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private PartitionKey() {}

    /**
     * The key of a run: as its definition says, else its fire time. Characters that cannot be seen are replaced by '_', at most
     * 200 characters are kept. Null if the definition's template has no value in this run.
     */
    public static @Nullable String of(NewRun run) {
        String template = run.definition().partition();
        if (template == null) {
            Instant time = run.fireTime();
            return time == null ? null : time.toString();
        }
        try {
            return visible(Templates.resolve(template, run.values()));
        } catch (TemplateException e) {
            return null;
        }
    }

    /** A key with '_' for each character that cannot be seen, shortened to 200 characters. */
    static String visible(String key) {
        String visible = UNSEEN.matcher(key).replaceAll("_");
        return visible.substring(0, Math.min(visible.length(), LONGEST));
    }
}
