package dev.bes.cli;

import dev.bes.cli.session.Failures;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line where the words of picocli are not plain. */
final class UsageMistake {
    /** What picocli says of an option that takes a name and a value. */
    private static final Pattern NO_PAIR =
            Pattern.compile("Value for option option '[^']*' \\(([^)]*)\\) should be in KEY=VALUE format but was (.*)");

    private UsageMistake() {}

    /** What is wrong with a command line, in a sentence. */
    static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return sentence(unmatched);
        }
        Matcher pair = NO_PAIR.matcher(Failures.sentence(e));
        return pair.matches() ? "'%s' is no %s".formatted(pair.group(2), pair.group(1)) : Failures.sentence(e);
    }

    private static String sentence(UnmatchedArgumentException e) {
        String first = e.getUnmatched().getFirst();
        if (!e.isUnknownOption() && e.getCommandLine().getSubcommands().isEmpty()) {
            return "'" + first + "' is one argument too many";
        }
        // picocli also suggests what shares a few letters
        String meant = e.getSuggestions().stream()
                .filter(known -> known.startsWith(first) || first.startsWith(known))
                .findFirst()
                .map(known -> "; did you mean '" + known + "'?")
                .orElse("");
        return "There is no %s '%s'%s".formatted(e.isUnknownOption() ? "option" : "command", first, meant);
    }
}
