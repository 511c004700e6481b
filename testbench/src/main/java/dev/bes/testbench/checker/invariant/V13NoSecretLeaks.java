package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.SearchedText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * No secret and no signature of a SAS appears in any text: logs, metrics, pages, and every row of every table as it
 * is stored. The service encrypts no column, so none is left out.
 */
public final class V13NoSecretLeaks {

    private static final Pattern SIGNATURE = Pattern.compile("(?i)sig(?:=|%3D)[a-z0-9+/%]{16,}");

    private V13NoSecretLeaks() {}

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        Violations violations = new Violations();
        for (SearchedText text : evidence.texts()) {
            for (Map.Entry<String, String> secret : evidence.secrets().entrySet()) {
                violations.require(
                        !text.content().contains(secret.getValue()), "%s holds the %s", text.where(), secret.getKey());
            }
            violations.require(
                    !SIGNATURE.matcher(text.content()).find(), "%s holds the signature of a SAS", text.where());
        }
        return violations.list();
    }
}
