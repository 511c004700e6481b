package dev.bes.sandbox.management;

import dev.bes.sandbox.management.ManagementError.Detail;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the fields of a request may be. All mistakes are told at once. */
final class FieldRules {

    private static final int LONGEST_COMMENT = 1000;
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1," + Subscription.LONGEST_KEY + "}");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]*");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]{1,180}");

    private final List<Detail> mistakes = new ArrayList<>();

    private FieldRules() {}

    /** @throws ManagementError with all fields that are wrong */
    static void check(SubscriptionChange change, boolean isNew) {
        FieldRules rules = new FieldRules();
        rules.required(isNew, "displayName", change.displayName());
        rules.required(isNew, "scope", change.scope());
        rules.line("displayName", change.displayName(), 1, Subscription.LONGEST_NAME);
        rules.line("stateComment", change.stateComment(), 0, LONGEST_COMMENT);
        rules.key("primaryKey", change.primaryKey());
        rules.key("secondaryKey", change.secondaryKey());
        rules.finish();
    }

    /** @throws ManagementError with all fields that are wrong */
    static void check(User user) {
        FieldRules rules = new FieldRules();
        rules.line("firstName", user.firstName(), 1, 100);
        rules.line("lastName", user.lastName(), 1, 100);
        rules.matching("email", user.email(), EMAIL, "is no email address of at most 254 characters");
        rules.finish();
    }

    /** @throws ManagementError when a text is no identifier */
    static void checkIdentifier(String target, String text) {
        if (!Identifiers.isValid(text)) {
            throw ManagementError.invalid(
                    target,
                    "An identifier has 1 to 80 letters, digits, dots, dashes and underscores, and begins with a letter or a"
                            + " digit.");
        }
    }

    private void required(boolean isNew, String target, @Nullable String text) {
        if (isNew && text == null) {
            mistakes.add(new Detail(target, "'" + target + "' is required."));
        }
    }

    private void line(String target, @Nullable String text, int least, int most) {
        if (text == null) {
            return;
        }
        boolean fits = text.length() <= most && (least == 0 || !text.isBlank());
        if (!fits || !LINE.matcher(text).matches()) {
            mistakes.add(new Detail(
                    target,
                    "'%s' must have %d to %d characters, and no control characters.".formatted(target, least, most)));
        }
    }

    private void key(String target, @Nullable String text) {
        if (text != null) {
            matching(target, text, KEY, "must have 1 to 256 visible ASCII characters");
        }
    }

    private void matching(String target, String text, Pattern pattern, String rule) {
        if (!pattern.matcher(text).matches()) {
            mistakes.add(new Detail(target, "'" + target + "' " + rule + "."));
        }
    }

    private void finish() {
        if (!mistakes.isEmpty()) {
            throw ManagementError.invalid(mistakes);
        }
    }
}
