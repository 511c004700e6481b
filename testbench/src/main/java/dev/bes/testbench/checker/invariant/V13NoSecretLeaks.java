package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.SearchedText;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * None of the secrets appears in any of the texts, and no signature of a SAS either, whatever it signs: logs, metrics,
 * pages, and every row of every table, as they are given. No column of the service is encrypted, so there is none to leave
 * out.
 */
public final class V13NoSecretLeaks {

    private static final Pattern SIGNATURE = Pattern.compile("(?i)sig(?:=|%3D)[a-z0-9+/%]{16,}");

    private V13NoSecretLeaks() {}

    public static List<String> violations(Evidence evidence) {
        Violations found = new Violations();
        for (SearchedText text : evidence.texts()) {
            for (Map.Entry<String, String> secret : evidence.secrets().entrySet()) {
                found.unless(
                        !text.content().contains(secret.getValue()), "%s holds the %s", text.where(), secret.getKey());
            }
            found.unless(!SIGNATURE.matcher(text.content()).find(), "%s holds the signature of a SAS", text.where());
        }
        return found.list();
    }
}
