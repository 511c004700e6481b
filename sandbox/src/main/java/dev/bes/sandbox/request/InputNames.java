package dev.bes.sandbox.request;

import dev.bes.sandbox.problem.Problem;
import dev.bes.sandbox.settings.RequestAnswer.UnknownInputs;
import java.util.Collection;
import java.util.List;

/**
 * The rule for the names of inputs, the same for jobs and for calls; names are case-sensitive. Source: the codes and texts of
 * the "web service error codes" article, and an answer of the service with InvalidInputNames that Data Factory reported.
 */
public final class InputNames {

    private InputNames() {}

    /**
     * Checks the inputs of a request.
     *
     * @param known the names of the service's inputs
     * @param none the refusal of a request that has no input at all
     * @throws dev.bes.sandbox.problem.Rejection when one is missing, or there is one that the service does not have
     */
    public static void check(List<String> known, Members inputs, Problem none) {
        Collection<String> given = inputs.node().propertyNames();
        List<String> missing =
                known.stream().filter(name -> !given.contains(name)).toList();
        List<String> unknown =
                given.stream().filter(name -> !known.contains(name)).toList();
        boolean ignored = inputs.assumptions().has(UnknownInputs.IGNORED);
        if (missing.equals(known) && !known.isEmpty() && (given.isEmpty() || ignored)) {
            throw none.about(String.join(", ", known));
        }
        if (!ignored && given.size() > known.size()) {
            throw Problem.BATCH_JOB_INPUTS_TOO_MANY_SPECIFIED.about(String.join(", ", known));
        }
        if (!ignored && !unknown.isEmpty()) {
            throw Problem.INVALID_INPUT_NAMES.about(String.join(", ", unknown));
        }
        if (!missing.isEmpty()) {
            throw Problem.BATCH_JOB_INPUTS_NOT_SPECIFIED.about(String.join(", ", missing));
        }
    }
}
