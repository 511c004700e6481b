package dev.bes.sandbox.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.RequestAnswer.IdForm;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the ids in an address. */
public final class Guids {

    private static final String DASHED = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern ISSUED = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{32}|" + DASHED + "|\\{" + DASHED + "}|\\(" + DASHED + "\\)");

    private Guids() {}

    /**
     * The id as the service issued it: a GUID becomes 32 hex characters in lower case, every other text stays as it is.
     * Source: the forms N, D, B and P that Guid.Parse of .NET takes.
     *
     * @param segment a segment of a raw path
     */
    public static String issued(String segment, Assumptions assumptions) {
        if (ISSUED.matcher(segment).matches()) {
            return segment;
        }
        String id = decoded(segment);
        if (assumptions.has(IdForm.AS_ISSUED) || !FORM.matcher(id).matches()) {
            return id;
        }
        return id.replaceAll("[^0-9a-fA-F]", "").toLowerCase(Locale.ROOT);
    }

    static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
